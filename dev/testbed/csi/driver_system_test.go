//go:build system

package csi

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	spec "github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

// bench is a driver on a pool of its own, called through its socket.
type bench struct {
	t          *testing.T
	settings   Settings
	controller spec.ControllerClient
	node       spec.NodeClient
}

func newBench(t *testing.T) bench {
	t.Helper()
	dir := t.TempDir()
	s := Settings{
		Node: "node", Pool: filepath.Join(dir, "pool"), Faults: filepath.Join(dir, "faults.json"),
		Socket: filepath.Join(dir, "csi.sock"), Registry: filepath.Join(dir, "registry"),
	}
	must(t, MountPool(filepath.Join(dir, "pool.btrfs"), 1<<30, s.Pool))
	t.Cleanup(func() { must(t, UnmountPool(s.Pool)) })
	driver, err := Open(s)
	must(t, err)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- driver.Serve(ctx) }()
	t.Cleanup(func() { stop(); must(t, <-ended) })
	c := dial(t, s.Socket)
	return bench{t, s, spec.NewControllerClient(c), spec.NewNodeClient(c)}
}

func dial(t *testing.T, socket string) *grpc.ClientConn {
	t.Helper()
	c, err := grpc.NewClient("unix:"+socket, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.WaitForReady(true)))
	must(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var mount = &spec.VolumeCapability{AccessType: &spec.VolumeCapability_Mount{Mount: &spec.VolumeCapability_MountVolume{}}}

func (b bench) volume(name string, from *spec.VolumeContentSource) *spec.Volume {
	b.t.Helper()
	made, err := b.controller.CreateVolume(b.t.Context(), &spec.CreateVolumeRequest{
		Name: name, VolumeCapabilities: []*spec.VolumeCapability{mount}, VolumeContentSource: from,
	})
	must(b.t, err)
	return made.Volume
}

func (b bench) snapshot(name, volume string) *spec.Snapshot {
	b.t.Helper()
	taken, err := b.controller.CreateSnapshot(b.t.Context(),
		&spec.CreateSnapshotRequest{Name: name, SourceVolumeId: volume})
	must(b.t, err)
	return taken.Snapshot
}

func ofSnapshot(s *spec.Snapshot) *spec.VolumeContentSource {
	return &spec.VolumeContentSource{Type: &spec.VolumeContentSource_Snapshot{
		Snapshot: &spec.VolumeContentSource_SnapshotSource{SnapshotId: s.SnapshotId},
	}}
}

// publish mounts a volume and returns where.
func (b bench) publish(volume string, readOnly bool) string {
	b.t.Helper()
	target := filepath.Join(b.t.TempDir(), "mount")
	r := &spec.NodePublishVolumeRequest{VolumeId: volume, TargetPath: target, VolumeCapability: mount, Readonly: readOnly}
	for range 2 {
		_, err := b.node.NodePublishVolume(b.t.Context(), r)
		must(b.t, err)
	}
	b.t.Cleanup(func() {
		for range 2 {
			_, err := b.node.NodeUnpublishVolume(context.Background(),
				&spec.NodeUnpublishVolumeRequest{VolumeId: volume, TargetPath: target})
			must(b.t, err)
		}
	})
	return target
}

func read(dir, name string) string {
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return "nothing"
	}
	return string(content)
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644))
}

func TestSnapshotKeepsWhatTheVolumeHeldThen(t *testing.T) {
	b := newBench(t)
	origin := b.volume("pvc-1", nil)
	at := b.publish(origin.VolumeId, false)
	write(t, at, "rows", "before")

	taken := b.snapshot("snapshot-1", origin.VolumeId)
	write(t, at, "rows", "after")
	restored := b.publish(b.volume("pvc-2", ofSnapshot(taken)).VolumeId, false)

	if !taken.ReadyToUse {
		t.Error("the snapshot is not ready")
	}
	if got := read(restored, "rows"); got != "before" {
		t.Errorf("restored rows: %s", got)
	}
	write(t, restored, "rows", "changed")
	if got := read(at, "rows"); got != "after" {
		t.Errorf("rows of the origin: %s", got)
	}
}

func TestCloneCopiesAVolume(t *testing.T) {
	b := newBench(t)
	origin := b.volume("pvc-1", nil)
	write(t, b.publish(origin.VolumeId, false), "rows", "one")

	clone := b.volume("pvc-2", &spec.VolumeContentSource{Type: &spec.VolumeContentSource_Volume{
		Volume: &spec.VolumeContentSource_VolumeSource{VolumeId: origin.VolumeId},
	}})

	at := b.publish(clone.VolumeId, true)
	if got := read(at, "rows"); got != "one" {
		t.Errorf("rows of the clone: %s", got)
	}
	if err := os.WriteFile(filepath.Join(at, "rows"), nil, 0o644); err == nil {
		t.Error("a read-only volume was written")
	}
}

func TestCallsCanBeRepeated(t *testing.T) {
	b := newBench(t)

	for range 2 {
		b.snapshot("snapshot-1", b.volume("pvc-1", nil).VolumeId)
	}
	for range 2 {
		_, err := b.controller.DeleteVolume(t.Context(), &spec.DeleteVolumeRequest{VolumeId: "pvc-1"})
		must(t, err)
	}
	listed, err := b.controller.ListSnapshots(t.Context(), &spec.ListSnapshotsRequest{SourceVolumeId: "pvc-1"})
	must(t, err)
	for range 2 {
		_, err := b.controller.DeleteSnapshot(t.Context(), &spec.DeleteSnapshotRequest{SnapshotId: "snapshot-1"})
		must(t, err)
	}

	if len(listed.Entries) != 1 {
		t.Errorf("snapshots of a deleted volume: %v", listed.Entries)
	}
	left, err := filepath.Glob(filepath.Join(b.settings.Pool, "*", "*"))
	must(t, err)
	if len(left) > 0 {
		t.Errorf("left in the pool: %v", left)
	}
}

func TestSnapshotBecomesReadyWhenTheFaultEnds(t *testing.T) {
	b := newBench(t)
	b.volume("pvc-1", nil)
	write(t, filepath.Dir(b.settings.Faults), "faults.json",
		`{"faults":[{"operation":"CreateSnapshot","match":"pvc-1","effect":"never-ready"}]}`)

	during := b.snapshot("snapshot-1", "pvc-1").ReadyToUse
	must(t, os.Remove(b.settings.Faults))
	afterwards := b.snapshot("snapshot-1", "pvc-1").ReadyToUse

	if during || !afterwards {
		t.Errorf("ready during the fault: %v, afterwards: %v", during, afterwards)
	}
}

func TestLostContentIsMissingFromTheSnapshotOnly(t *testing.T) {
	b := newBench(t)
	at := b.publish(b.volume("pvc-1", nil).VolumeId, false)
	write(t, at, "rows", "one")
	write(t, at, "config", "two")
	write(t, filepath.Dir(b.settings.Faults), "faults.json",
		`{"faults":[{"operation":"CreateSnapshot","match":"*","effect":"lose-content","paths":["rows"]}]}`)

	taken := b.snapshot("snapshot-1", "pvc-1")

	restored := b.publish(b.volume("pvc-2", ofSnapshot(taken)).VolumeId, false)
	if !taken.ReadyToUse || read(restored, "rows") != "nothing" || read(restored, "config") != "two" {
		t.Errorf("restored: %s, %s", read(restored, "rows"), read(restored, "config"))
	}
	if read(at, "rows") != "one" {
		t.Error("the origin lost its content")
	}
}

func TestKubeletLearnsTheSocket(t *testing.T) {
	b := newBench(t)
	c := registration.NewRegistrationClient(dial(t, filepath.Join(b.settings.Registry, Name+"-reg.sock")))

	info, err := c.GetInfo(t.Context(), &registration.InfoRequest{})

	must(t, err)
	if info.Name != Name || info.Endpoint != b.settings.Socket || info.Type != "CSIPlugin" {
		t.Errorf("registration: %v", info)
	}
}
