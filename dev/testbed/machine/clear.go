package machine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"muster.dev/testbed/layout"
)

// Clear ends and removes all that the bed has on this machine. It relies on
// nothing but what the kernel shows, so it works after any kind of end.
func Clear(ctx context.Context, bed layout.Bed) error {
	if err := killLeftovers(bed); err != nil {
		return err
	}
	if err := unmount(bed); err != nil {
		return err
	}
	err := errors.Join(detachLoops(bed), removeNetwork(ctx), removeCgroups(bed), restore(bed))
	if err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(bed.Run), os.RemoveAll(bed.State)); err != nil {
		return err
	}
	if left := Left(bed); len(left) > 0 {
		return fmt.Errorf("still there: %s", strings.Join(left, ", "))
	}
	return nil
}

// Left names what of the bed is still on the machine.
func Left(bed layout.Bed) []string {
	var left []string
	for _, pid := range Leftovers(bed) {
		left = append(left, fmt.Sprintf("process %d", pid))
	}
	for kind, names := range map[string][]string{
		"mount": Mounts(bed), "loop device": LoopDevices(bed), "cgroup": Cgroups(bed),
		"interface": Interfaces(), "nftables table": Tables(),
	} {
		for _, name := range names {
			left = append(left, kind+" "+name)
		}
	}
	for _, dir := range []string{bed.State, bed.Run} {
		if _, err := os.Stat(dir); err == nil {
			left = append(left, "folder "+dir)
		}
	}
	return left
}
