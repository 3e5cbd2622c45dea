package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"muster.dev/testbed/layout"
	"muster.dev/testbed/pki"
	"muster.dev/testbed/plane"
	"muster.dev/testbed/proc"
	"muster.dev/testbed/s3"
	"muster.dev/testbed/tools"
)

// apiserver runs only an API server and a store in the given directory. It
// needs no root, and any number may run at once.
func apiserver(ctx context.Context, args []string) error {
	bed := layout.Under(args[1])
	if args[0] != "up" && args[0] != "down" {
		return fmt.Errorf("it is `apiserver up DIR` or `apiserver down DIR`")
	}
	if args[0] == "down" && !bed.Exists() {
		return nil
	}
	if err := bed.Make(); err != nil {
		return err
	}
	control, store, err := planeAndStore(bed, true)
	if err != nil {
		return err
	}
	if args[0] == "down" {
		err := errors.Join(control.Down(), store.Down())
		if err == nil {
			err = errors.Join(os.RemoveAll(bed.State), os.RemoveAll(bed.Run))
		}
		_ = os.Remove(args[1]) // only if nothing else lies there
		return err
	}
	if err := control.Up(ctx); err != nil {
		return err
	}
	if err := store.Up(ctx); err != nil {
		return err
	}
	if err := exports(os.Stdout, bed, store, "kubectl"); err != nil {
		return err
	}
	return write(os.Stdout, [][2]string{{"MUSTER_ETCD", control.Etcd()}}, nil)
}

func planeAndStore(bed layout.Bed, light bool) (plane.Plane, s3.Store, error) {
	authority, err := pki.Open(bed.Path("pki"))
	keeper := proc.Keeper{Run: bed.RunPath("processes"), Logs: bed.Logs()}
	tool := tools.FromEnvironment().Path
	control := plane.Plane{Bed: bed, Authority: authority, Keeper: keeper, Tool: tool, Light: light}
	store := s3.Store{
		Dir: bed.Path("s3"), Host: control.Host(), Authority: authority, Keeper: keeper, Tool: tool, Env: bed.Environment(),
	}
	return control, store, err
}
