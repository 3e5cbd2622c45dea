package machine

import (
	"os"
	"testing"

	"muster.dev/testbed/layout"
)

func TestOwnProcessIsNeverALeftover(t *testing.T) {
	bed := layout.Under(t.TempDir())
	t.Setenv(layout.Mark, bed.State)

	for _, pid := range Leftovers(bed) {
		if pid == os.Getpid() {
			t.Fatal("the bed would kill itself")
		}
	}
}

func TestFolderNextToTheBedIsNotTheBeds(t *testing.T) {
	bed := layout.Bed{State: "/pro", Run: "/de"}

	found := Mounts(bed)

	if len(found) != 0 {
		t.Fatalf("prefixes of other folders' names matched: %v", found)
	}
}

func TestMountsAreFoundTheLatestFirst(t *testing.T) {
	found := Mounts(layout.Bed{State: "/sys", Run: "/dev"})

	if len(found) == 0 {
		t.Fatal("a Linux machine has mounts below /sys or /dev")
	}
}
