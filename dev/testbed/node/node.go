package node

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"

	"muster.dev/testbed/csi"
	"muster.dev/testbed/layout"
	"muster.dev/testbed/pki"
	"muster.dev/testbed/plane"
	"muster.dev/testbed/proc"
)

// Node is everything of the bed beside etcd, the API server and the store.
type Node struct {
	Plane plane.Plane
	// Binaries is the folder of this module's own commands.
	Binaries string
}

// identities are the kubeconfigs of the node's servers. The API server's own
// rules give the first four their rights; the others are the bed's and may do all.
var identities = []pki.Identity{
	{File: "kubelet", Name: "system:node:" + layout.NodeName, Groups: []string{"system:nodes"}},
	{File: "kube-proxy", Name: "system:kube-proxy"},
	{File: "kube-controller-manager", Name: "system:kube-controller-manager"},
	{File: "kube-scheduler", Name: "system:kube-scheduler"},
	{File: "coredns", Name: "muster-testbed:dns", Groups: []string{"system:masters"}},
	{File: "csi", Name: "muster-testbed:csi", Groups: []string{"system:masters"}},
	{File: "netpol", Name: "muster-testbed:netpol", Groups: []string{"system:masters"}},
}

// Prepare writes what the servers read.
func (n Node) Prepare() error {
	for _, id := range identities {
		if err := n.Plane.Authority.Kubeconfig(n.kubeconfig(id.File), n.Plane.Server(), id); err != nil {
			return err
		}
	}
	return configure(n.Plane)
}

// Runtime starts containerd and imports the bed's own images and more archives.
func (n Node) Runtime(ctx context.Context, more ...string) error {
	path, err := n.Plane.Tool("containerd")
	if err != nil {
		return err
	}
	shim, err := n.Plane.Tool("containerd-shim-runc-v2")
	if err != nil {
		return err
	}
	ctr, err := n.Plane.Tool("ctr")
	if err != nil {
		return err
	}
	socket := n.Plane.Bed.Containerd()
	err = n.Plane.Keeper.Start(ctx, proc.Spec{
		Name: "containerd",
		Path: path,
		Args: []string{"--config", n.Plane.Bed.Path("containerd.toml")},
		Env:  n.Plane.Bed.Environment(filepath.Dir(shim)),
		Ready: func(ctx context.Context) error {
			return exec.CommandContext(ctx, ctr, "--address", socket, "version").Run()
		},
	})
	if err != nil {
		return err
	}
	archive := n.Plane.Bed.Path("images.tar")
	if err := packImages(archive, n.Binaries); err != nil {
		return err
	}
	for _, archive := range append([]string{archive}, more...) {
		if err := Load(ctx, ctr, socket, archive); err != nil {
			return err
		}
	}
	return nil
}

// Controllers starts the controller manager and the scheduler.
func (n Node) Controllers(ctx context.Context) error {
	a, loopback := n.Plane.Authority, n.Plane.Loopback()
	common := func(name string) []string {
		return []string{
			"--kubeconfig=" + n.kubeconfig(name), "--authentication-kubeconfig=" + n.kubeconfig(name),
			"--authorization-kubeconfig=" + n.kubeconfig(name), "--leader-elect=false", "--bind-address=" + loopback,
			"--tls-cert-file=" + a.Cert("serving"), "--tls-private-key-file=" + a.Key("serving"),
		}
	}
	manager := append(common("kube-controller-manager"),
		"--service-account-private-key-file="+a.Key("tokens"), "--root-ca-file="+a.Cert("ca"),
		"--cluster-signing-cert-file="+a.Cert("ca"), "--cluster-signing-key-file="+a.Key("ca"),
		"--use-service-account-credentials=true", "--flex-volume-plugin-dir="+n.Plane.Bed.Path("volume-plugins"))
	client, err := a.Client("")
	if err != nil {
		return err
	}
	return together(
		func() error {
			ready := plane.Answers(client, "https://"+loopback+":10257/healthz")
			return n.start(ctx, "kube-controller-manager", ready, manager...)
		},
		func() error {
			ready := plane.Answers(client, "https://"+loopback+":10259/healthz")
			return n.start(ctx, "kube-scheduler", ready, common("kube-scheduler")...)
		},
	)
}

// Kubelet starts the kubelet and kube-proxy.
func (n Node) Kubelet(ctx context.Context) error {
	bed, loopback := n.Plane.Bed, n.Plane.Loopback()
	return together(
		func() error {
			ready := plane.Answers(http.DefaultClient, "http://"+loopback+":10248/healthz")
			return n.start(ctx, "kubelet", ready,
				"--config="+bed.Path("kubelet.yaml"), "--kubeconfig="+n.kubeconfig("kubelet"),
				"--root-dir="+bed.Kubelet(), "--cert-dir="+bed.Path("kubelet-pki"),
				"--hostname-override="+layout.NodeName, "--node-ip="+layout.NodeIP)
		},
		func() error {
			ready := plane.Answers(http.DefaultClient, "http://"+loopback+":10256/livez")
			return n.start(ctx, "kube-proxy", ready, "--config="+bed.Path("kube-proxy.yaml"))
		},
	)
}

// DNS starts CoreDNS on the node's address; a service without a selector leads to it.
func (n Node) DNS(ctx context.Context) error {
	ready := plane.Answers(http.DefaultClient, "http://"+layout.NodeIP+":8181/ready")
	return n.start(ctx, "coredns", ready, "-conf", n.Plane.Bed.Path("Corefile"))
}

// Storage starts the CSI driver and the controllers that drive it.
func (n Node) Storage(ctx context.Context) error {
	bed := n.Plane.Bed
	socket := filepath.Join(bed.Kubelet(), "plugins", csi.Name, "csi.sock")
	driver := proc.Spec{
		Name: "muster-csi",
		Path: filepath.Join(n.Binaries, "muster-csi"),
		Args: []string{
			"--kubelet-root", bed.Kubelet(), "--node-id", layout.NodeName, "--socket", socket,
			"--pool-file", bed.Path("pool.btrfs"), "--data", bed.Path("pool"), "--faults", bed.Path("csi-faults.json"),
		},
		Env:   bed.Environment(),
		Ready: listens(socket),
	}
	for _, dir := range []string{filepath.Dir(socket), filepath.Join(bed.Kubelet(), "plugins_registry")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	if err := n.Plane.Keeper.Start(ctx, driver); err != nil {
		return err
	}
	for name, args := range map[string][]string{
		"csi-provisioner":     {"--csi-address=" + socket, "--extra-create-metadata"},
		"csi-snapshotter":     {"--csi-address=" + socket, "--extra-create-metadata"},
		"snapshot-controller": nil,
	} {
		args = append(args, "--kubeconfig="+n.kubeconfig("csi"), "--leader-election=false")
		if err := n.start(ctx, name, nil, args...); err != nil {
			return err
		}
	}
	return nil
}

func (n Node) kubeconfig(name string) string { return n.Plane.Bed.Path(name + ".kubeconfig") }

func (n Node) start(ctx context.Context, name string, ready func(context.Context) error, args ...string) error {
	path, err := n.Plane.Tool(name)
	if err != nil {
		return err
	}
	return n.Plane.Keeper.Start(ctx, proc.Spec{
		Name: name, Path: path, Args: args, Env: n.Plane.Bed.Environment(), Ready: ready,
	})
}

func listens(socket string) func(context.Context) error {
	return func(ctx context.Context) error {
		connection, err := (&net.Dialer{}).DialContext(ctx, "unix", socket)
		if err != nil {
			return fmt.Errorf("nothing listens: %w", err)
		}
		return connection.Close()
	}
}
