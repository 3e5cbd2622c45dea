package csi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// pool keeps subvolumes and, beside each, a JSON record of what it is. It has no
// memory of its own, so a killed driver loses nothing.
type pool struct{ dir string }

// kind is a folder of the pool.
type kind string

const (
	volumes   kind = "volumes"
	snapshots kind = "snapshots"
)

// record says what a subvolume is.
type record struct {
	ID        string
	SizeBytes int64
	// Source is the snapshot or volume that the content came from, if any.
	Source  string `json:",omitempty"`
	Created time.Time
}

func openPool(dir string) (pool, error) {
	for _, k := range []kind{volumes, snapshots} {
		if err := os.MkdirAll(filepath.Join(dir, string(k)), 0o711); err != nil {
			return pool{}, err
		}
	}
	return pool{dir}, nil
}

func (p pool) path(k kind, id string) string { return filepath.Join(p.dir, string(k), id) }

// find returns nil if there is no such subvolume.
func (p pool) find(k kind, id string) (*record, error) {
	content, err := os.ReadFile(p.path(k, id) + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found := new(record)
	return found, json.Unmarshal(content, found)
}

func (p pool) list(k kind) ([]record, error) {
	files, err := filepath.Glob(filepath.Join(p.dir, string(k), "*.json"))
	if err != nil {
		return nil, err
	}
	var all []record
	for _, file := range files {
		found, err := p.find(k, strings.TrimSuffix(filepath.Base(file), ".json"))
		if err != nil {
			return nil, err
		}
		if found != nil {
			all = append(all, *found)
		}
	}
	return all, nil
}

// content says what a new subvolume starts with.
type content struct {
	// from is the path of the subvolume to copy; empty means nothing.
	from     string
	readOnly bool
	// lose names, by shell patterns, what is missing from the copy.
	lose []string
}

// create makes an empty subvolume, or a copy of another one. The record is
// written last: a subvolume without one is the rest of a killed call, and goes.
func (p pool) create(ctx context.Context, k kind, r record, c content) error {
	target := p.path(k, r.ID)
	if err := p.dropSubvolume(ctx, target); err != nil {
		return err
	}
	arguments := []string{"subvolume", "create", target}
	if c.from != "" {
		arguments = []string{"subvolume", "snapshot", c.from, target}
	}
	if err := btrfs(ctx, arguments...); err != nil {
		return err
	}
	if err := lose(target, c.lose); err != nil {
		return err
	}
	if c.readOnly {
		if err := btrfs(ctx, "property", "set", "-ts", target, "ro", "true"); err != nil {
			return err
		}
	}
	encoded, err := json.Marshal(r)
	if err != nil {
		return err
	}
	unfinished := target + ".new"
	if err := os.WriteFile(unfinished, encoded, 0o644); err != nil {
		return err
	}
	return os.Rename(unfinished, target+".json")
}

func (p pool) remove(ctx context.Context, k kind, id string) error {
	if err := p.dropSubvolume(ctx, p.path(k, id)); err != nil {
		return err
	}
	err := os.Remove(p.path(k, id) + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (p pool) dropSubvolume(ctx context.Context, path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return btrfs(ctx, "subvolume", "delete", path)
}

// lose deletes what matches the patterns from a writable subvolume.
func lose(dir string, patterns []string) error {
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, path := range found {
			if err := os.RemoveAll(path); err != nil {
				return err
			}
		}
	}
	return nil
}

func btrfs(ctx context.Context, arguments ...string) error {
	out, err := exec.CommandContext(ctx, "btrfs", arguments...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("btrfs %s: %w: %s", strings.Join(arguments, " "), err, strings.TrimSpace(string(out)))
	}
	return nil
}
