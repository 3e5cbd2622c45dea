package machine

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"

	"muster.dev/testbed/layout"
)

// MakeInterface gives the node its address, on a bridge without ports: every
// kernel has bridges, not every kernel has dummy interfaces.
func MakeInterface(ctx context.Context) error {
	if _, err := net.InterfaceByName(layout.NodeInterface); err != nil {
		if err := run(ctx, "ip", "link", "add", layout.NodeInterface, "type", "bridge"); err != nil {
			return err
		}
	}
	if err := run(ctx, "ip", "address", "replace", layout.NodeIP+"/32", "dev", layout.NodeInterface); err != nil {
		return err
	}
	for _, name := range []string{layout.NodeInterface, "lo"} {
		if err := run(ctx, "ip", "link", "set", name, "up"); err != nil {
			return err
		}
	}
	// Services are rewritten on their way out, which needs a way out also where the machine has no
	// default route.
	if err := run(ctx, "ip", "route", "replace", layout.ServiceRange, "dev", layout.NodeInterface,
		"src", layout.NodeIP); err != nil {
		return err
	}
	return os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644)
}

// Interfaces are the bed's: the node's own and one per Pod still there.
func Interfaces() []string {
	var found []string
	if _, err := net.InterfaceByName(layout.NodeInterface); err == nil {
		found = append(found, layout.NodeInterface)
	}
	// A route into the Pods' range leads to each Pod's host side.
	out, _ := exec.Command("ip", "-4", "route", "show", "root", layout.PodRange).Output()
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		for i, field := range fields[:max(0, len(fields)-1)] {
			if field == "dev" {
				found = append(found, fields[i+1])
			}
		}
	}
	return found
}

// Tables are the nftables tables of kube-proxy and of the bed itself.
func Tables() []string {
	out, _ := exec.Command("nft", "list", "tables").Output()
	var found []string
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) == 3 && (fields[2] == "kube-proxy" || strings.HasPrefix(fields[2], "muster")) {
			found = append(found, fields[1]+" "+fields[2])
		}
	}
	return found
}

func removeNetwork(ctx context.Context) error {
	for _, table := range Tables() {
		family, name, _ := strings.Cut(table, " ")
		if err := run(ctx, "nft", "delete", "table", family, name); err != nil {
			return err
		}
	}
	for _, name := range Interfaces() {
		err := run(ctx, "ip", "link", "delete", name)
		// The kernel may still be clearing a link of a Pod that has just ended.
		if _, found := net.InterfaceByName(name); err != nil && found == nil {
			return err
		}
	}
	return nil
}

func run(ctx context.Context, name string, args ...string) error {
	if out, err := exec.CommandContext(ctx, name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, out)
	}
	return nil
}
