package main

import (
	"fmt"
	"os"
	"time"
)

// steps prints what is done and how long it took.
type steps struct{ began time.Time }

func (s steps) run(name string, step func() error) error {
	began := time.Now()
	if err := step(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Fprintf(os.Stderr, "%5.1f s  %-28s %4.1f s\n", time.Since(s.began).Seconds(), name, time.Since(began).Seconds())
	return nil
}
