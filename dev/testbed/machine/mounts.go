package machine

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"muster.dev/testbed/layout"
)

// Mounts are the mount points below the bed's folders, the latest first.
func Mounts(bed layout.Bed) []string {
	content, _ := os.ReadFile("/proc/self/mountinfo")
	var found []string
	for line := range strings.Lines(string(content)) {
		fields := strings.Fields(line)
		if len(fields) < 5 {
			continue
		}
		point := unescape.Replace(fields[4])
		if strings.HasPrefix(point, bed.State+"/") || strings.HasPrefix(point, bed.Run+"/") {
			found = append([]string{point}, found...)
		}
	}
	return found
}

var unescape = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\134`, `\`)

// unmount detaches everything below the bed. One point may be mounted several times over.
func unmount(bed layout.Bed) error {
	for range 10 {
		points := Mounts(bed)
		if len(points) == 0 {
			return nil
		}
		for _, point := range points {
			if err := syscall.Unmount(point, syscall.MNT_DETACH); err != nil && !errors.Is(err, syscall.EINVAL) {
				return fmt.Errorf("unmount %s: %w", point, err)
			}
		}
	}
	return fmt.Errorf("mounts come back below %s: %v", bed.State, Mounts(bed))
}

// LoopDevices are those whose file lies in the bed, also when it was deleted since.
func LoopDevices(bed layout.Bed) []string {
	backings, _ := filepath.Glob("/sys/block/loop*/loop/backing_file")
	var found []string
	for _, backing := range backings {
		content, _ := os.ReadFile(backing)
		if strings.HasPrefix(string(content), bed.State+"/") {
			found = append(found, "/dev/"+strings.Split(backing, "/")[3])
		}
	}
	return found
}

func detachLoops(bed layout.Bed) error {
	var errs []error
	for _, device := range LoopDevices(bed) {
		if out, err := exec.Command("losetup", "-d", device).CombinedOutput(); err != nil {
			errs = append(errs, fmt.Errorf("losetup -d %s: %w: %s", device, err, out))
		}
	}
	return errors.Join(errs...)
}

// Cgroups are the bed's control groups in every hierarchy, the innermost first.
func Cgroups(bed layout.Bed) []string {
	tops, _ := filepath.Glob("/sys/fs/cgroup/*/" + bed.Group())
	single, _ := filepath.Glob("/sys/fs/cgroup/" + bed.Group())
	var found []string
	for _, top := range append(tops, single...) {
		_ = filepath.WalkDir(top, func(path string, entry os.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				found = append([]string{path}, found...)
			}
			return nil
		})
	}
	return found
}

// MakeCgroups makes the group that the kubelet puts all Pods under.
func MakeCgroups(bed layout.Bed) error {
	hierarchies, err := filepath.Glob("/sys/fs/cgroup/*/cgroup.procs")
	if err != nil {
		return err
	}
	if _, err := os.Stat("/sys/fs/cgroup/cgroup.controllers"); err == nil {
		return os.MkdirAll("/sys/fs/cgroup/"+bed.Group(), 0o755)
	}
	for _, file := range hierarchies {
		if err := os.MkdirAll(filepath.Join(filepath.Dir(file), bed.Group()), 0o755); err != nil {
			return err
		}
	}
	return nil
}

func removeCgroups(bed layout.Bed) error {
	var errs []error
	for _, group := range Cgroups(bed) {
		if err := os.Remove(group); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
