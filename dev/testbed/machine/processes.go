package machine

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"muster.dev/testbed/layout"
	"muster.dev/testbed/proc"

	"context"
	"fmt"
)

// Leftovers are the processes of this bed: those that carry its mark in their
// environment, such as servers and container shims, and those in its cgroups,
// which are the Pods' own.
func Leftovers(bed layout.Bed) []int {
	entries, _ := os.ReadDir("/proc")
	var found []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		if carries(pid, layout.Mark+"="+bed.State) || inside(pid, "/"+bed.Group()+"/") {
			found = append(found, pid)
		}
	}
	return found
}

func carries(pid int, mark string) bool {
	content, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "environ"))
	for _, variable := range strings.Split(string(content), "\x00") {
		if variable == mark {
			return true
		}
	}
	return false
}

// containersRun tells whether any containerd, or a shim of one, lives on the machine. The command
// line of a process that ended and was not waited for is empty.
func containersRun() bool {
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	return slices.ContainsFunc(lines, func(name string) bool {
		content, _ := os.ReadFile(name)
		program, _, _ := strings.Cut(string(content), "\x00")
		return strings.HasPrefix(filepath.Base(program), "containerd")
	})
}

func inside(pid int, group string) bool {
	content, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cgroup"))
	return strings.Contains(string(content), group)
}

// killLeftovers ends what is left until nothing is: a shim may start one more
// process while it dies.
func killLeftovers(bed layout.Bed) error {
	return proc.Await(context.Background(), 20*time.Second, func(context.Context) error {
		left := Leftovers(bed)
		if len(left) == 0 {
			return nil
		}
		for _, pid := range left {
			if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
				return err
			}
		}
		return fmt.Errorf("processes %v do not end", left)
	})
}
