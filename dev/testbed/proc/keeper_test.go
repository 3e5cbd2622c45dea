package proc

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func keeper(t *testing.T) Keeper {
	k := Keeper{Run: t.TempDir(), Logs: t.TempDir()}
	t.Cleanup(func() {
		for _, name := range k.Names() {
			_ = k.Kill(name)
		}
	})
	return k
}

var sleeper = Spec{Name: "sleeper", Path: "/bin/sleep", Args: []string{"60"}}

func TestStartedProcessIsNotStartedAgain(t *testing.T) {
	k := keeper(t)
	if err := k.Start(context.Background(), sleeper); err != nil {
		t.Fatal(err)
	}
	first := k.PID("sleeper")

	err := k.Start(context.Background(), sleeper)

	if err != nil || k.PID("sleeper") != first {
		t.Fatalf("process %d became %d, %v", first, k.PID("sleeper"), err)
	}
}

func TestKilledProcessIsDeadAndRestartsAsItWas(t *testing.T) {
	k := keeper(t)
	if err := k.Start(context.Background(), sleeper); err != nil {
		t.Fatal(err)
	}

	if err := k.Kill("sleeper"); err != nil {
		t.Fatal(err)
	}

	if k.Alive("sleeper") {
		t.Fatal("still alive")
	}
	if err := k.Restart("sleeper"); err != nil || !k.Alive("sleeper") {
		t.Fatalf("not restarted: %v", err)
	}
}

func TestReusedProcessNumberIsNotTakenForOurs(t *testing.T) {
	k := keeper(t)
	if err := k.Start(context.Background(), sleeper); err != nil {
		t.Fatal(err)
	}
	known, err := k.read("sleeper")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = k.write("sleeper", known) }()

	other := known
	other.Started++
	if err := k.write("sleeper", other); err != nil {
		t.Fatal(err)
	}

	if k.Alive("sleeper") {
		t.Fatal("another process's number was taken for the sleeper's")
	}
}

func TestProcessThatEndsEarlyFailsAtOnceWithItsOutput(t *testing.T) {
	k := keeper(t)
	began := time.Now()

	err := k.Start(context.Background(), Spec{
		Name: "broken", Path: "/bin/sh", Args: []string{"-c", "echo no such flag; exit 3"},
		Ready: func(context.Context) error { return errors.New("silence") },
	})

	if err == nil || !strings.Contains(err.Error(), "no such flag") {
		t.Fatalf("its last words are missing: %v", err)
	}
	if time.Since(began) > 10*time.Second {
		t.Fatal("waited for a process that had ended")
	}
}

func TestUnknownNameIsAnErrorThatNamesTheKnown(t *testing.T) {
	k := keeper(t)
	if err := k.Start(context.Background(), sleeper); err != nil {
		t.Fatal(err)
	}

	err := k.Kill("sleepr")

	if err == nil || !strings.Contains(err.Error(), "known: sleeper") {
		t.Fatalf("got %v", err)
	}
}
