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
	"muster.dev/testbed/tools"
)

func status(context.Context, []string) error {
	bed := layout.FromEnvironment()
	keeper := keeperOf(bed)
	names := keeper.Names()
	if len(names) == 0 {
		if left := machine.Left(bed); len(left) > 0 {
			return fmt.Errorf("down, but a killed run left %v: `testbed up` or `down` clears it", left)
		}
		return errors.New("down")
	}
	dead := 0
	for _, name := range names {
		state := fmt.Sprintf("process %d", keeper.PID(name))
		if keeper.PID(name) == 0 {
			state = "not running"
			dead++
		}
		fmt.Printf("%-26s %s\n", name, state)
	}
	if dead > 0 {
		return fmt.Errorf("%d of %d do not run", dead, len(names))
	}
	return nil
}

// programs are what the tests look at a cluster with.
var programs = []string{"kubectl", "helm", "age", "age-keygen"}

func env(context.Context, []string) error {
	if external() {
		return outsideExports(os.Stdout, programs...)
	}
	bed := layout.FromEnvironment()
	if !anyAlive(bed) {
		return errors.New("the bed is down: run `testbed up`")
	}
	_, store, err := planeAndStore(bed, false)
	if err != nil {
		return err
	}
	return exports(os.Stdout, bed, store, programs...)
}

func load(ctx context.Context, archives []string) error {
	if external() {
		return nil
	}
	ctr, err := tools.FromEnvironment().Path("ctr")
	if err != nil {
		return err
	}
	s := steps{began: time.Now()}
	for _, archive := range archives {
		err := s.run("load "+archive, func() error {
			return node.Load(ctx, ctr, layout.FromEnvironment().Containerd(), archive)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func stop(_ context.Context, args []string) error {
	return keeperOf(layout.FromEnvironment()).Stop(args[0], 10*time.Second)
}

func kill(_ context.Context, args []string) error {
	return keeperOf(layout.FromEnvironment()).Kill(args[0])
}

func start(_ context.Context, args []string) error {
	return keeperOf(layout.FromEnvironment()).Restart(args[0])
}

func netpol(ctx context.Context, args []string) error {
	if args[0] != "on" && args[0] != "off" {
		return errors.New("it is `netpol on` or `netpol off`")
	}
	control, _, err := planeAndStore(layout.FromEnvironment(), false)
	if err != nil {
		return err
	}
	return node.Node{Plane: control, Binaries: os.Getenv("MUSTER_BIN")}.Policies(ctx, args[0] == "on")
}
