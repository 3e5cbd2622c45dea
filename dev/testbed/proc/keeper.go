// Package proc starts, watches and ends the bed's processes. They outlive the
// command that started them; a record per process on disk is all that joins
// one command to the next.
package proc

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"
)

// Keeper holds the processes whose records lie in Run and whose output goes to Logs.
type Keeper struct {
	Run  string
	Logs string
}

// Spec is one process. Ready, when given, is asked until it returns nil.
type Spec struct {
	Name   string
	Path   string
	Args   []string
	Env    []string
	Ready  func(context.Context) error
	Within time.Duration
}

// Start runs the process unless it runs already, and waits until it is ready.
func (k Keeper) Start(ctx context.Context, s Spec) error {
	if !k.Alive(s.Name) {
		if err := k.launch(s.Name, record{Path: s.Path, Args: s.Args, Env: s.Env}); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	if s.Ready == nil {
		return nil
	}
	within := s.Within
	if within == 0 {
		within = time.Minute
	}
	err := Await(ctx, within, func(ctx context.Context) error {
		if !k.Alive(s.Name) {
			return Hopeless{fmt.Errorf("it ended: %s", k.tail(s.Name))}
		}
		return s.Ready(ctx)
	})
	if err != nil {
		return fmt.Errorf("%s is not ready: %w; see %s", s.Name, err, k.log(s.Name))
	}
	return nil
}

// Restart starts an ended process again as it was started before.
func (k Keeper) Restart(name string) error {
	r, err := k.read(name)
	if err != nil || r.alive() {
		return err
	}
	return k.launch(name, r)
}

func (k Keeper) launch(name string, r record) error {
	if err := os.MkdirAll(k.Run, 0o755); err != nil {
		return err
	}
	output, err := os.OpenFile(k.log(name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer output.Close()
	command := exec.Command(r.Path, r.Args...)
	command.Env, command.Dir = r.Env, "/"
	command.Stdout, command.Stderr = output, output
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return err
	}
	r.PID = command.Process.Pid
	if r.Started, _, err = stat(r.PID); err != nil {
		return err
	}
	// Reaped here if it ends while this command runs, so that it does not look alive as a zombie.
	go command.Wait()
	return k.write(name, r)
}

// Stop asks the process to end, and after the grace period makes it.
func (k Keeper) Stop(name string, grace time.Duration) error {
	if err := k.end(name, syscall.SIGTERM, grace); err == nil {
		return nil
	}
	return k.Kill(name)
}

// Kill ends the process at once, as a crash would.
func (k Keeper) Kill(name string) error {
	return k.end(name, syscall.SIGKILL, 10*time.Second)
}

func (k Keeper) end(name string, signal syscall.Signal, within time.Duration) error {
	r, err := k.read(name)
	if err != nil || !r.alive() {
		return err
	}
	if err := syscall.Kill(r.PID, signal); err != nil {
		return fmt.Errorf("%s, process %d: %w", name, r.PID, err)
	}
	return Await(context.Background(), within, func(context.Context) error {
		if r.alive() {
			return fmt.Errorf("%s, process %d, did not end within %s", name, r.PID, within)
		}
		return nil
	})
}

// Alive says whether the very process that was started still runs.
func (k Keeper) Alive(name string) bool {
	r, err := k.read(name)
	return err == nil && r.alive()
}

// PID is the process number, or 0 where it does not run.
func (k Keeper) PID(name string) int {
	if r, err := k.read(name); err == nil && r.alive() {
		return r.PID
	}
	return 0
}

// Names lists every process that was started here, running or not.
func (k Keeper) Names() []string {
	files, _ := filepath.Glob(k.Run + "/*.json")
	names := make([]string, 0, len(files))
	for _, file := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(file), ".json"))
	}
	sort.Strings(names)
	return names
}

func (k Keeper) log(name string) string { return filepath.Join(k.Logs, name+".log") }

func (k Keeper) tail(name string) string {
	content, _ := os.ReadFile(k.log(name))
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	return strings.Join(lines[max(0, len(lines)-5):], "\n  ")
}
