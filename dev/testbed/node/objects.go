package node

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os/exec"
	"strings"

	"muster.dev/testbed/manifests"
)

// Objects applies the snapshot CRDs and the bed's own manifests.
func (n Node) Objects(ctx context.Context, crds string) error {
	if err := n.kubectl(ctx, "", "apply", "--server-side", "-k", crds); err != nil {
		return err
	}
	files, err := fs.Glob(manifests.Files, "*.yaml")
	if err != nil {
		return err
	}
	var all strings.Builder
	for _, file := range files {
		content, err := manifests.Files.ReadFile(file)
		if err != nil {
			return err
		}
		fmt.Fprintf(&all, "---\n%s\n", content)
	}
	if err := n.kubectl(ctx, "", "wait", "--for=condition=Established", "crd",
		"volumesnapshotclasses.snapshot.storage.k8s.io", "--timeout=30s"); err != nil {
		return err
	}
	return n.kubectl(ctx, all.String(), "apply", "--server-side", "-f", "-")
}

// Settle waits until Pods can run: the node is ready, its storage is
// registered and the first service account exists.
func (n Node) Settle(ctx context.Context) error {
	return together(
		func() error {
			return n.kubectl(ctx, "", "wait", "--for=condition=Ready", "node", "--all", "--timeout=60s")
		},
		func() error {
			return n.kubectl(ctx, "", "wait", "--for=jsonpath={.spec.drivers[0].name}", "csinode", "--all", "--timeout=60s")
		},
		func() error {
			return n.kubectl(ctx, "", "wait", "--for=create", "serviceaccount/default", "--timeout=60s")
		},
	)
}

func (n Node) kubectl(ctx context.Context, input string, args ...string) error {
	path, err := n.Plane.Tool("kubectl")
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, path, append([]string{"--kubeconfig", n.Plane.Bed.Kubeconfig()}, args...)...)
	command.Env = n.Plane.Bed.Environment()
	command.Stdin = strings.NewReader(input)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := command.Run(); err != nil {
		return fmt.Errorf("kubectl %s: %w: %s", strings.Join(args, " "), err, out.String())
	}
	return nil
}
