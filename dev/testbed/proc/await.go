package proc

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Hopeless is a failure that asking again does not cure.
type Hopeless struct{ error }

// Await asks until the condition returns nil, a Hopeless error or the time is over.
func Await(ctx context.Context, within time.Duration, condition func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	var last error
	for {
		err := condition(ctx)
		if err == nil {
			return nil
		}
		// The reason of the last full try says more than that the deadline cut this one.
		if last == nil || !errors.Is(err, context.DeadlineExceeded) {
			last = err
		}
		if errors.As(err, &Hopeless{}) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("after %s: %w", within, last)
		case <-tick.C:
		}
	}
}
