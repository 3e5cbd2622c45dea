// Package machine prepares the machine for the bed and takes everything away
// again, also after the bed's processes were killed and only kernel state stayed.
package machine

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"muster.dev/testbed/layout"
)

// fixedPaths are places outside the bed that its servers write to and that no
// flag moves. What was not there before the bed came goes with it, unless it has
// another user since.
var fixedPaths = []string{
	"/run/containerd", "/run/runc", "/var/lib/kubelet", "/var/lib/cni", "/var/log/containers",
}

// settings are kernel settings that the kubelet, kube-proxy or the network plugins change.
var settings = []string{
	"net/ipv4/ip_forward", "net/ipv4/conf/all/route_localnet", "net/netfilter/nf_conntrack_max",
	"net/netfilter/nf_conntrack_tcp_timeout_established", "net/netfilter/nf_conntrack_tcp_timeout_close_wait",
	"vm/overcommit_memory", "vm/panic_on_oom", "kernel/panic", "kernel/panic_on_oops",
	"kernel/keys/root_maxkeys", "kernel/keys/root_maxbytes",
}

// footprint is the machine as it was before the bed.
type footprint struct {
	Absent   []string          `json:"absent"`
	Settings map[string]string `json:"settings"`
}

// Remember writes down the machine as it is, unless an earlier run did.
func Remember(bed layout.Bed) error {
	file := bed.Path("machine.json")
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	before := footprint{Settings: map[string]string{}}
	for _, path := range fixedPaths {
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			before.Absent = append(before.Absent, path)
		}
	}
	for _, name := range settings {
		if value, err := os.ReadFile("/proc/sys/" + name); err == nil {
			before.Settings[name] = strings.TrimSpace(string(value))
		}
	}
	content, err := json.MarshalIndent(before, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

// restore makes the machine again what Remember saw.
func restore(bed layout.Bed) error {
	content, err := os.ReadFile(bed.Path("machine.json"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var before footprint
	if err := json.Unmarshal(content, &before); err != nil {
		return err
	}
	var errs []error
	// The network plugins' record of results has one entry per Pod.
	results, _ := filepath.Glob("/var/lib/cni/results/" + bed.Network() + "-*")
	for _, result := range results {
		errs = append(errs, os.Remove(result))
	}
	if containersRun() {
		return errors.Join(errs...) // another bed's, or the machine's own: they need what we brought
	}
	for _, path := range before.Absent {
		errs = append(errs, os.RemoveAll(path))
	}
	for name, value := range before.Settings {
		path := filepath.Join("/proc/sys", name)
		if now, err := os.ReadFile(path); err == nil && strings.TrimSpace(string(now)) != value {
			errs = append(errs, os.WriteFile(path, []byte(value), 0o644))
		}
	}
	return errors.Join(errs...)
}
