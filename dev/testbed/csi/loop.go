package csi

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// MountPool mounts a sparse btrfs file at dir and makes the file first if it is
// new. A directory that is a btrfs mount already is left as it is.
func MountPool(file string, size int64, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	mounted, err := isPool(dir)
	if mounted || err != nil {
		return err
	}
	if err := makePool(file, size); err != nil {
		return fmt.Errorf("make pool %s: %w", file, err)
	}
	// The kernel frees the loop device at the last unmount. Without barriers a
	// crash of the machine may lose the pool, a crash of any process may not, and
	// each fsync of a database does not wait for the machine's disk.
	return command("mount", "-t", "btrfs", "-o", "loop,noatime,nobarrier", file, dir)
}

func makePool(file string, size int64) error {
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	unfinished := file + ".new"
	created, err := os.Create(unfinished)
	if err != nil {
		return err
	}
	defer created.Close()
	if err := created.Truncate(size); err != nil {
		return err
	}
	if err := command("mkfs.btrfs", "--quiet", "--force", unfinished); err != nil {
		return err
	}
	return os.Rename(unfinished, file)
}

// UnmountPool undoes MountPool and keeps the file. It is fine to call it twice.
func UnmountPool(dir string) error {
	for {
		mounted, err := isPool(dir)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !mounted {
			return nil
		}
		if err != nil {
			return err
		}
		if err := unix.Unmount(dir, 0); err != nil {
			return fmt.Errorf("unmount %s: %w; unmount what Pods still use first", dir, err)
		}
	}
}

// isPool tells that a btrfs of its own is mounted at the directory.
func isPool(dir string) (bool, error) {
	var system unix.Statfs_t
	if err := unix.Statfs(dir, &system); err != nil {
		return false, err
	}
	var here, above unix.Stat_t
	if err := errors.Join(unix.Stat(dir, &here), unix.Stat(filepath.Dir(dir), &above)); err != nil {
		return false, err
	}
	return system.Type == unix.BTRFS_SUPER_MAGIC && here.Dev != above.Dev, nil
}

func command(name string, arguments ...string) error {
	out, err := exec.Command(name, arguments...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(out)))
	}
	return nil
}
