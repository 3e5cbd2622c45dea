// Package layout says where the test bed keeps what, and which names and
// addresses it uses on the machine.
package layout

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
)

// Names and addresses of the node. The bed makes both interfaces' addresses
// itself, so they are the same on every machine.
const (
	NodeName      = "muster-testbed"
	NodeIP        = "10.231.0.1"
	NodeInterface = "muster-node"
	PodRange      = "10.244.0.0/24"
	ServiceRange  = "10.96.0.0/16"
	ServiceIP     = "10.96.0.1"
	DNSIP         = "10.96.0.10"
	ClusterDomain = "cluster.local"
	StoreName     = "s3.muster.test"
)

// Mark is an environment variable that every process of a bed carries, so
// that what a killed run left can be told from the rest of the machine.
const Mark = "MUSTER_TESTBED_STATE"

// Bed is one bed's place on disk.
type Bed struct {
	State string // survives a restart of the machine
	Run   string // sockets and process records
}

var standard = Bed{State: "/var/lib/muster-testbed", Run: "/run/muster-testbed"}

// FromEnvironment is the bed of this machine, or the one MUSTER_TESTBED_ROOT names.
func FromEnvironment() Bed {
	if root := os.Getenv("MUSTER_TESTBED_ROOT"); root != "" {
		return Under(root)
	}
	return standard
}

// Under is a bed wholly inside one directory.
func Under(dir string) Bed {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		absolute = dir
	}
	return Bed{State: filepath.Join(absolute, "state"), Run: filepath.Join(absolute, "run")}
}

// Group is the bed's control group, Network its pod network. A bed with
// another root, which may run in a network namespace of its own, has its own.
func (b Bed) Group() string   { return "muster-testbed" + b.suffix() }
func (b Bed) Network() string { return "muster-pods" + b.suffix() }

func (b Bed) suffix() string {
	if b == standard {
		return ""
	}
	hash := fnv.New32a()
	hash.Write([]byte(b.State))
	return fmt.Sprintf("-%08x", hash.Sum32())
}

func (b Bed) Path(parts ...string) string {
	return filepath.Join(append([]string{b.State}, parts...)...)
}

func (b Bed) RunPath(parts ...string) string {
	return filepath.Join(append([]string{b.Run}, parts...)...)
}

func (b Bed) Logs() string       { return b.Path("logs") }
func (b Bed) Kubeconfig() string { return b.Path("admin.kubeconfig") }
func (b Bed) Kubelet() string    { return b.Path("kubelet") }
func (b Bed) Containerd() string { return b.RunPath("containerd.sock") }
func (b Bed) StoreCA() string    { return b.Path("pki", "ca.crt") }

func (b Bed) Exists() bool { _, err := os.Stat(b.State); return err == nil }

// Environment is all that the bed's processes inherit: nothing of the caller's, which may hold secrets.
// They collect garbage late, unless GOGC says otherwise: a bed has memory to spare and never enough of the processor.
func (b Bed) Environment(path ...string) []string {
	folders := append(path, "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
	return []string{"PATH=" + strings.Join(folders, ":"), "HOME=" + b.State, "GOGC=" + cmp.Or(os.Getenv("GOGC"), "400"), Mark + "=" + b.State}
}

// Make creates the bed's folders.
func (b Bed) Make() error {
	for _, dir := range []string{b.State, b.Run, b.Logs(), b.Path("pki")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	return nil
}
