package csi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Faults is the content of the fault file. It is read at every call, so a test
// switches a fault on by writing the file and off by removing it:
//
//	{"faults": [
//	  {"operation": "CreateSnapshot", "match": "shop/*", "effect": "never-ready"},
//	  {"operation": "CreateVolume", "match": "*", "effect": "error", "message": "pool is full"},
//	  {"operation": "CreateSnapshot", "match": "*", "effect": "slow", "delay": "20s"},
//	  {"operation": "CreateSnapshot", "match": "*", "effect": "lose-content", "paths": ["pgdata/base/*"]}
//	]}
type Faults struct {
	Faults []Fault `json:"faults"`
}

// Fault happens to calls of one operation on matching objects.
type Fault struct {
	// Operation is one of the list below.
	Operation string `json:"operation"`
	// Match is a shell pattern for "namespace/name" of the claim or snapshot, or
	// for an id of the driver.
	Match  string `json:"match"`
	Effect Effect `json:"effect"`
	// Message is what an error says.
	Message string `json:"message,omitempty"`
	// Delay is how long slow takes.
	Delay string `json:"delay,omitempty"`
	// Paths are lost by lose-content; all of them if there are none.
	Paths []string `json:"paths,omitempty"`
}

// Effect is what goes wrong.
type Effect string

const (
	// NeverReady makes a snapshot exist and not become ready while the fault stays.
	NeverReady Effect = "never-ready"
	// Error refuses the call.
	Error Effect = "error"
	// Slow delays the call.
	Slow Effect = "slow"
	// LoseContent succeeds, but the copy lacks files.
	LoseContent Effect = "lose-content"
)

var operations = []string{
	"CreateVolume", "DeleteVolume", "CreateSnapshot", "DeleteSnapshot", "ListSnapshots",
	"NodePublishVolume", "NodeUnpublishVolume",
}

func (f *Faults) check() error {
	for _, fault := range f.Faults {
		if !slices.Contains(operations, fault.Operation) {
			return fmt.Errorf("operation %q: use one of %v", fault.Operation, operations)
		}
		switch fault.Effect {
		case NeverReady, Error, LoseContent:
		case Slow:
			if _, err := time.ParseDuration(fault.Delay); err != nil {
				return fmt.Errorf("delay of a slow fault: %w", err)
			}
		default:
			return fmt.Errorf("effect %q: use never-ready, error, slow or lose-content", fault.Effect)
		}
		if _, err := path.Match(fault.Match, ""); err != nil {
			return fmt.Errorf("match %q: %w", fault.Match, err)
		}
	}
	return nil
}

// readFaults treats a missing file as no faults and a wrong one as an error: a
// test whose fault is misspelt must not pass.
func readFaults(file string) (*Faults, error) {
	read := new(Faults)
	encoded, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return read, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(encoded, read); err != nil {
		return nil, fmt.Errorf("fault file %s: %w", file, err)
	}
	if err := read.check(); err != nil {
		return nil, fmt.Errorf("fault file %s: %w", file, err)
	}
	return read, nil
}

// suffered is what the fault file says about one call.
type suffered struct {
	neverReady bool
	lose       []string
}

// suffer waits and fails as the fault file says, and returns what else is to go wrong.
func suffer(ctx context.Context, file, operation string, names ...string) (suffered, error) {
	var result suffered
	read, err := readFaults(file)
	if err != nil {
		return result, status.Error(codes.Internal, err.Error())
	}
	for _, fault := range read.Faults {
		if fault.Operation != operation || !fault.hits(names) {
			continue
		}
		switch fault.Effect {
		case Error:
			return result, status.Errorf(codes.Internal, "injected: %s", fault.Message)
		case Slow:
			if err := fault.wait(ctx); err != nil {
				return result, err
			}
		case NeverReady:
			result.neverReady = true
		case LoseContent:
			result.lose = append(result.lose, fault.Paths...)
			if len(fault.Paths) == 0 {
				result.lose = append(result.lose, "*", ".[!.]*")
			}
		}
	}
	return result, nil
}

func (f Fault) hits(names []string) bool {
	if f.Match == "*" {
		return true
	}
	for _, name := range names {
		if ok, _ := path.Match(f.Match, name); ok {
			return true
		}
	}
	return false
}

func (f Fault) wait(ctx context.Context) error {
	delay, err := time.ParseDuration(f.Delay)
	if err != nil {
		return err
	}
	select {
	case <-time.After(delay):
		return nil
	case <-ctx.Done():
		return status.FromContextError(ctx.Err()).Err()
	}
}
