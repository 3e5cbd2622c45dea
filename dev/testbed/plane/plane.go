// Package plane is the control plane's core: etcd and the API server. The
// full bed and the light one for tests run the same.
package plane

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"muster.dev/testbed/layout"
	"muster.dev/testbed/pki"
	"muster.dev/testbed/proc"
)

// Plane is one control plane. Light means: no controllers, no node, nothing that needs root.
type Plane struct {
	Bed       layout.Bed
	Authority *pki.Authority
	Keeper    proc.Keeper
	Tool      func(string) (string, error)
	Light     bool
}

// Loopback is an address of 127.0.0.0/8 that belongs to this bed's directory,
// so that any number of beds use the usual ports side by side.
func (p Plane) Loopback() string {
	hash := fnv.New32a()
	hash.Write([]byte(p.Bed.State))
	sum := hash.Sum32()
	return fmt.Sprintf("127.%d.%d.%d", 64+sum>>16&0x3f, sum>>8&0xff, 1+sum&0xff%250)
}

// Host is where the API server and the store listen.
func (p Plane) Host() string {
	if p.Light {
		return p.Loopback()
	}
	return layout.NodeIP
}

func (p Plane) Server() string { return "https://" + p.Host() + ":6443" }

// Up brings etcd and the API server up and writes the administrator's kubeconfig.
func (p Plane) Up(ctx context.Context) error {
	if err := p.identities(); err != nil {
		return err
	}
	etcd, err := p.etcd()
	if err != nil {
		return err
	}
	server, err := p.apiserver()
	if err != nil {
		return err
	}
	if err := p.Keeper.Start(ctx, etcd); err != nil {
		return err
	}
	return p.Keeper.Start(ctx, server)
}

func (p Plane) identities() error {
	hosts := []string{
		"kubernetes", "kubernetes.default", "kubernetes.default.svc",
		"kubernetes.default.svc." + layout.ClusterDomain, "localhost", "127.0.0.1",
		layout.ServiceIP, layout.NodeIP, layout.NodeName, p.Loopback(), layout.StoreName,
	}
	for _, id := range []pki.Identity{
		{File: "serving", Name: "muster-testbed", Hosts: hosts},
		{File: "apiserver-kubelet", Name: "kube-apiserver", Groups: []string{"system:masters"}},
	} {
		if err := p.Authority.Issue(id); err != nil {
			return err
		}
	}
	if err := p.Authority.TokenKey("tokens"); err != nil {
		return err
	}
	admin := pki.Identity{File: "admin", Name: "muster-admin", Groups: []string{"system:masters"}}
	return p.Authority.Kubeconfig(p.Bed.Kubeconfig(), p.Server(), admin)
}

// Etcd is where the API server keeps its objects.
func (p Plane) Etcd() string { return "http://" + p.Loopback() + ":2379" }

func (p Plane) etcd() (proc.Spec, error) {
	path, err := p.Tool("etcd")
	client, peer := p.Etcd(), "http://"+p.Loopback()+":2380"
	return proc.Spec{
		Name: "etcd",
		Path: path,
		Args: []string{
			"--data-dir=" + p.Bed.Path("etcd"),
			"--listen-client-urls=" + client, "--advertise-client-urls=" + client,
			"--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer,
			"--initial-cluster=default=" + peer,
			"--unsafe-no-fsync", // a test bed outlives no power cut
			"--quota-backend-bytes=8589934592",
			"--log-level=warn",
		},
		Env:   p.Bed.Environment(),
		Ready: Answers(http.DefaultClient, client+"/readyz"),
	}, err
}

func (p Plane) apiserver() (proc.Spec, error) {
	path, err := p.Tool("kube-apiserver")
	if err != nil {
		return proc.Spec{}, err
	}
	client, err := p.Authority.Client("admin")
	if err != nil {
		return proc.Spec{}, err
	}
	policy := p.Bed.Path("audit-policy.yaml")
	if err := os.WriteFile(policy, []byte(auditPolicy), 0o644); err != nil {
		return proc.Spec{}, err
	}
	return proc.Spec{
		Name:   "kube-apiserver",
		Path:   path,
		Args:   append(p.apiserverFlags(), "--audit-policy-file="+policy),
		Env:    p.Bed.Environment(),
		Ready:  Answers(client, p.Server()+"/readyz"),
		Within: 2 * time.Minute,
	}, nil
}

// Answers asks a health endpoint for 200.
func Answers(client *http.Client, url string) func(context.Context) error {
	return func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		response, err := client.Do(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(io.LimitReader(response.Body, 4096))
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("%s answers %s: %s", url, response.Status, strings.Join(failed(string(body)), ", "))
		}
		return nil
	}
}

// failed keeps the checks of /readyz that did not pass.
func failed(body string) []string {
	var lines []string
	for line := range strings.Lines(body) {
		if strings.HasPrefix(line, "[-]") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}
