// muster-images builds the database images of the test bed, if their recipe is
// new, and prints the path of their archive.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"muster.dev/testbed/images"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	cache, err := images.Cache()
	if err == nil {
		var archive string
		if archive, err = images.Ensure(ctx, cache, os.Stderr); err == nil {
			fmt.Println(archive)
			return
		}
	}
	fmt.Fprintln(os.Stderr, "muster-images:", err)
	os.Exit(1)
}
