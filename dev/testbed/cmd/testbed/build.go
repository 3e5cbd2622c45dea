package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sort"
	"strings"

	"muster.dev/testbed/images"
	"muster.dev/testbed/tools"
)

// snapshotClient is the module that carries the snapshot CRDs.
const snapshotClient = "github.com/kubernetes-csi/external-snapshotter/client/v8"

// packages of Debian, by a file each brings.
var packages = map[string]string{
	"/usr/sbin/runc":        "runc",
	"/usr/lib/cni/ptp":      "containernetworking-plugins",
	"/usr/sbin/debootstrap": "debootstrap",
	"/usr/sbin/nft":         "nftables",
	"/usr/sbin/mkfs.btrfs":  "btrfs-progs",
	"/usr/sbin/conntrack":   "conntrack",
	"/usr/sbin/ip":          "iproute2",
	"/usr/sbin/losetup":     "mount",
	"/usr/bin/openssl":      "openssl",
	"/bin/busybox":          "busybox",
}

func missingHere() []string {
	var missing []string
	for file, name := range packages {
		if _, err := os.Stat(file); err != nil {
			missing = append(missing, name)
		}
	}
	sort.Strings(missing)
	return missing
}

// build makes ready all that `up` needs.
func build(ctx context.Context, _ []string) error {
	if err := install(ctx, missingHere()); err != nil {
		return err
	}
	source := tools.FromEnvironment()
	if err := source.Build(); err != nil {
		return err
	}
	if _, err := source.ModuleFolder("cluster", snapshotClient, "config/crd"); err != nil {
		return err
	}
	_, err := databases(ctx)
	return err
}

// databases is the archive of the images that sample applications run.
func databases(ctx context.Context) (string, error) {
	cache, err := images.Cache()
	if err != nil {
		return "", err
	}
	return images.Ensure(ctx, cache, os.Stderr)
}

func install(ctx context.Context, missing []string) error {
	if len(missing) == 0 {
		return nil
	}
	_, notDebian := os.Stat("/etc/debian_version")
	if os.Geteuid() != 0 || notDebian != nil {
		return fmt.Errorf("install what Debian calls: %s", strings.Join(missing, " "))
	}
	for _, args := range [][]string{{"update", "-qq"}, append([]string{"install", "-y", "-qq", "--no-install-recommends"}, missing...)} {
		command := exec.CommandContext(ctx, "apt-get", args...)
		command.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		command.Stdout, command.Stderr = os.Stderr, os.Stderr
		if err := command.Run(); err != nil {
			return fmt.Errorf("apt-get %s: %w", strings.Join(args, " "), err)
		}
	}
	return nil
}
