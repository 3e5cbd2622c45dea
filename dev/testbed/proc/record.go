package proc

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// record is what is known of a started process. The start time, in clock
// ticks since boot, tells the process from a later one with the same number.
type record struct {
	PID     int      `json:"pid"`
	Started uint64   `json:"started"`
	Path    string   `json:"path"`
	Args    []string `json:"args"`
	Env     []string `json:"env"`
}

func (k Keeper) file(name string) string { return k.Run + "/" + name + ".json" }

func (k Keeper) read(name string) (record, error) {
	var r record
	content, err := os.ReadFile(k.file(name))
	if errors.Is(err, os.ErrNotExist) {
		return r, fmt.Errorf("%s was never started here; known: %s", name, strings.Join(k.Names(), ", "))
	}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(content, &r)
}

// write keeps the environment, which holds secrets, from other users.
func (k Keeper) write(name string, r record) error {
	content, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(k.file(name), content, 0o600)
}

func (r record) alive() bool {
	started, state, err := stat(r.PID)
	return err == nil && started == r.Started && state != "Z"
}

// stat reads a process's start time and state from /proc. The command name,
// which may hold spaces and brackets, ends at the last closing bracket.
func stat(pid int) (started uint64, state string, err error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, "", err
	}
	text := string(content)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	if len(fields) < 20 {
		return 0, "", fmt.Errorf("process %d: unreadable stat", pid)
	}
	started, err = strconv.ParseUint(fields[19], 10, 64)
	return started, fields[0], err
}
