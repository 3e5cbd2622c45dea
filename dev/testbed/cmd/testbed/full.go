package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"muster.dev/testbed/layout"
	"muster.dev/testbed/machine"
	"muster.dev/testbed/node"
	"muster.dev/testbed/plane"
	"muster.dev/testbed/proc"
	"muster.dev/testbed/s3"
	"muster.dev/testbed/tools"
)

// external: the user's own cluster is used, and none of this machine's.
func external() bool { return os.Getenv("MUSTER_CLUSTER") == "external" }

func up(ctx context.Context, _ []string) error {
	if external() {
		return nil
	}
	if os.Geteuid() != 0 {
		return errors.New("a node needs root; `testbed apiserver up DIR` does not")
	}
	if missing := missingHere(); len(missing) > 0 {
		return fmt.Errorf("this machine lacks %v: run `testbed build`", missing)
	}
	if err := tools.FromEnvironment().Build(); err != nil {
		return err
	}
	samples, err := databases(ctx)
	if err != nil {
		return err
	}
	bed, s := layout.FromEnvironment(), steps{began: time.Now()}
	crds, err := tools.FromEnvironment().ModuleFolder("cluster", snapshotClient, "config/crd")
	if err != nil {
		return err
	}
	if !anyAlive(bed) && len(machine.Left(bed)) > 0 {
		err := s.run("clear a killed run", func() error { return machine.Clear(ctx, bed) })
		if err != nil {
			return err
		}
	}
	var control plane.Plane
	var store s3.Store
	var worker node.Node
	prepare := func() error {
		if err := bed.Make(); err != nil {
			return err
		}
		if err := machine.Remember(bed); err != nil {
			return err
		}
		if err := errors.Join(machine.MakeInterface(ctx), machine.MakeCgroups(bed)); err != nil {
			return err
		}
		if control, store, err = planeAndStore(bed, false); err != nil {
			return err
		}
		worker = node.Node{Plane: control, Binaries: os.Getenv("MUSTER_BIN")}
		return worker.Prepare()
	}
	if err := s.run("machine, keys", prepare); err != nil {
		return err
	}
	runtime := make(chan error, 1)
	go func() { runtime <- s.run("containerd, images", func() error { return worker.Runtime(ctx, samples) }) }()
	if err := s.run("etcd, API server", func() error { return control.Up(ctx) }); err != nil {
		return err
	}
	if err := s.run("object store", func() error { return store.Up(ctx) }); err != nil {
		return err
	}
	if err := s.run("controllers", func() error { return worker.Controllers(ctx) }); err != nil {
		return err
	}
	if err := <-runtime; err != nil {
		return err
	}
	for _, step := range []struct {
		name string
		run  func(context.Context) error
	}{
		{"kubelet, kube-proxy", worker.Kubelet},
		{"cluster DNS", worker.DNS},
		{"objects", func(ctx context.Context) error { return worker.Objects(ctx, crds) }},
		{"storage", worker.Storage},
		{"network policies", func(ctx context.Context) error { return worker.Policies(ctx, true) }},
		{"node ready", worker.Settle},
	} {
		if err := s.run(step.name, func() error { return step.run(ctx) }); err != nil {
			return err
		}
	}
	fmt.Fprintln(os.Stderr, `up: eval "$(dev/testbed/testbed env)"`)
	return nil
}

func anyAlive(bed layout.Bed) bool {
	keeper := keeperOf(bed)
	for _, name := range keeper.Names() {
		if keeper.Alive(name) {
			return true
		}
	}
	return false
}

func keeperOf(bed layout.Bed) proc.Keeper {
	return proc.Keeper{Run: bed.RunPath("processes"), Logs: bed.Logs()}
}

// order is how a running bed ends: Pods have no say, so what starts them ends first.
var order = []string{
	"muster-netpol", "kubelet", "kube-proxy", "kube-scheduler", "kube-controller-manager", "coredns",
	"csi-provisioner", "csi-snapshotter", "snapshot-controller", "muster-csi", "versitygw", "containerd",
	"kube-apiserver", "etcd",
}

func down(ctx context.Context, _ []string) error {
	if external() {
		return nil
	}
	bed, s := layout.FromEnvironment(), steps{began: time.Now()}
	keeper := keeperOf(bed)
	err := s.run("end servers", func() error {
		var errs []error
		for _, name := range order {
			if keeper.Alive(name) {
				errs = append(errs, keeper.Stop(name, 5*time.Second))
			}
		}
		return errors.Join(errs...)
	})
	return errors.Join(err, s.run("clear the machine", func() error { return machine.Clear(ctx, bed) }))
}
