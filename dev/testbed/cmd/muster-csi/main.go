// muster-csi is the storage driver of the test bed.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"muster.dev/testbed/csi"
)

func main() {
	kubelet := flag.String("kubelet-root", "/var/lib/kubelet", "the kubelet's --root-dir")
	node := flag.String("node-id", "", "the node's name")
	data := flag.String("data", "", "directory on btrfs that holds volumes and snapshots")
	file := flag.String("pool-file", "", "btrfs file to make and mount at --data; empty: --data is mounted already")
	size := flag.Int64("pool-gib", 20, "size of a new pool file, sparse")
	faults := flag.String("faults", "", "fault file (default: faults.json beside --data)")
	socket := flag.String("socket", "", "socket of the driver (default: below the kubelet's plugins)")
	registry := flag.String("registry", "", "the kubelet's registration directory (default: its plugins_registry)")
	flag.Parse()
	log.SetFlags(log.LstdFlags | log.LUTC)
	if *node == "" || *data == "" {
		log.Fatal("--node-id and --data are required")
	}
	if *file != "" {
		if err := csi.MountPool(*file, *size<<30, *data); err != nil {
			log.Fatal(err)
		}
	}
	driver, err := csi.Open(csi.Settings{
		Node:     *node,
		Pool:     *data,
		Faults:   either(*faults, filepath.Join(filepath.Dir(filepath.Clean(*data)), "faults.json")),
		Socket:   either(*socket, filepath.Join(*kubelet, "plugins", csi.Name, "csi.sock")),
		Registry: either(*registry, filepath.Join(*kubelet, "plugins_registry")),
	})
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := driver.Serve(ctx); err != nil {
		log.Fatal(err)
	}
}

func either(given, otherwise string) string {
	if given != "" {
		return given
	}
	return otherwise
}
