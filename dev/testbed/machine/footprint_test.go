package machine

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"muster.dev/testbed/layout"
)

func TestFoldersThatOthersUseStay(t *testing.T) {
	used := filepath.Join(t.TempDir(), "used")
	before := fixedPaths
	fixedPaths = []string{used}
	t.Cleanup(func() { fixedPaths = before })
	bed := layout.Under(t.TempDir())
	must(t, bed.Make())
	must(t, Remember(bed))
	must(t, os.Mkdir(used, 0o755))
	shim := filepath.Join(t.TempDir(), "containerd-shim-runc-v2")
	must(t, os.Symlink("/bin/sleep", shim))
	other := exec.Command(shim, "60")
	must(t, other.Start())
	t.Cleanup(func() { _, _ = other.Process.Kill(), other.Wait() })

	must(t, restore(bed))

	if _, err := os.Stat(used); err != nil {
		t.Fatal("taken from under the containers of another bed: ", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
