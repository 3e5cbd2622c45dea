package csi

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func faultFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "faults.json")
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestMissingFileMeansNoFaults(t *testing.T) {
	got, err := suffer(t.Context(), filepath.Join(t.TempDir(), "faults.json"), "CreateSnapshot", "shop/db")

	if err != nil || got.neverReady || got.lose != nil {
		t.Errorf("suffered %v, %v", got, err)
	}
}

func TestFaultHitsMatchingObjectsOfItsOperationOnly(t *testing.T) {
	file := faultFile(t, `{"faults":[{"operation":"CreateSnapshot","match":"shop/*","effect":"error"}]}`)

	for _, c := range []struct {
		operation, name string
		fails           bool
	}{
		{"CreateSnapshot", "shop/db", true},
		{"CreateSnapshot", "blog/db", false},
		{"CreateVolume", "shop/db", false},
	} {
		if _, err := suffer(t.Context(), file, c.operation, c.name); (err != nil) != c.fails {
			t.Errorf("%s of %s: %v", c.operation, c.name, err)
		}
	}
}

func TestMisspeltFaultIsAnError(t *testing.T) {
	for _, content := range []string{
		`{"faults":[{"operation":"CreateSnapshot","match":"*","effect":"never-redy"}]}`,
		`{"faults":[{"operation":"CreateSnapshot","match":"*","effect":"slow","delay":"soon"}]}`,
		`{"faults":[{"operation":"CreateSnapshot","match":"[","effect":"error"}]}`,
		`{"faults":[{"operation":"MakeSnapshot","match":"*","effect":"error"}]}`,
		`{"faults":`,
	} {
		if _, err := suffer(t.Context(), faultFile(t, content), "CreateVolume", "x"); err == nil {
			t.Errorf("accepted: %s", content)
		}
	}
}

func TestSlowCallEndsWithItsCaller(t *testing.T) {
	file := faultFile(t, `{"faults":[{"operation":"CreateSnapshot","match":"*","effect":"slow","delay":"1h"}]}`)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()

	if _, err := suffer(ctx, file, "CreateSnapshot", "shop/db"); err == nil {
		t.Error("the call did not end")
	}
}
