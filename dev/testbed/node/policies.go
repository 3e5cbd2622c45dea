package node

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"time"

	"muster.dev/testbed/layout"
	"muster.dev/testbed/proc"
)

const enforcer = "muster-netpol"

// Policies switches the enforcement of NetworkPolicies on or off.
func (n Node) Policies(ctx context.Context, on bool) error {
	if !on {
		if n.Plane.Keeper.Alive(enforcer) {
			if err := n.Plane.Keeper.Stop(enforcer, 5*time.Second); err != nil {
				return err
			}
		}
		out, err := exec.CommandContext(ctx, filepath.Join(n.Binaries, enforcer), "--cleanup").CombinedOutput()
		if err != nil {
			return fmt.Errorf("remove the rules: %w: %s", err, out)
		}
		return nil
	}
	return n.Plane.Keeper.Start(ctx, proc.Spec{
		Name: enforcer,
		Path: filepath.Join(n.Binaries, enforcer),
		Args: []string{"--kubeconfig", n.kubeconfig("netpol"), "--dns", layout.NodeIP},
		Env:  n.Plane.Bed.Environment(),
		Ready: func(ctx context.Context) error {
			return exec.CommandContext(ctx, "nft", "list", "table", "inet", "muster_netpol").Run()
		},
	})
}
