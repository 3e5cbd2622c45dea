package csi

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	spec "github.com/container-storage-interface/spec/lib/go/csi"
	"golang.org/x/sys/unix"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// NodeGetInfo names the node; volumes are everywhere, so there is no topology.
func (d *Driver) NodeGetInfo(context.Context, *spec.NodeGetInfoRequest) (*spec.NodeGetInfoResponse, error) {
	return &spec.NodeGetInfoResponse{NodeId: d.settings.Node}, nil
}

// NodeGetCapabilities offers usage numbers only.
func (d *Driver) NodeGetCapabilities(
	context.Context, *spec.NodeGetCapabilitiesRequest,
) (*spec.NodeGetCapabilitiesResponse, error) {
	return &spec.NodeGetCapabilitiesResponse{Capabilities: []*spec.NodeServiceCapability{{
		Type: &spec.NodeServiceCapability_Rpc{Rpc: &spec.NodeServiceCapability_RPC{
			Type: spec.NodeServiceCapability_RPC_GET_VOLUME_STATS,
		}},
	}}}, nil
}

// NodePublishVolume binds the subvolume to the Pod's directory. It leaves owner
// and mode alone: the kubelet applies fsGroup.
func (d *Driver) NodePublishVolume(
	ctx context.Context, r *spec.NodePublishVolumeRequest,
) (*spec.NodePublishVolumeResponse, error) {
	if r.GetTargetPath() == "" || r.GetVolumeCapability() == nil {
		return nil, status.Error(codes.InvalidArgument, "target path and capability are required")
	}
	if err := mountable(r.GetVolumeCapability()); err != nil {
		return nil, err
	}
	if _, err := suffer(ctx, d.settings.Faults, "NodePublishVolume", r.GetVolumeId()); err != nil {
		return nil, err
	}
	found, err := d.pool.find(volumes, idOf(r.GetVolumeId()))
	if err != nil {
		return nil, internal(err)
	}
	if found == nil {
		return nil, status.Errorf(codes.NotFound, "no volume %s", r.GetVolumeId())
	}
	d.one.Lock()
	defer d.one.Unlock()
	if err := bind(d.pool.path(volumes, found.ID), r.GetTargetPath(), r.GetReadonly()); err != nil {
		return nil, internal(err)
	}
	return &spec.NodePublishVolumeResponse{}, nil
}

func bind(source, target string, readOnly bool) error {
	if err := os.MkdirAll(target, 0o750); err != nil {
		return err
	}
	mounted, err := sameFile(source, target)
	if mounted || err != nil {
		return err
	}
	if err := unix.Mount(source, target, "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("bind %s to %s: %w", source, target, err)
	}
	if !readOnly {
		return nil
	}
	if err := unix.Mount("", target, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		return errors.Join(fmt.Errorf("make %s read-only: %w", target, err), unix.Unmount(target, 0))
	}
	return nil
}

// sameFile tells that the target already shows the source.
func sameFile(source, target string) (bool, error) {
	a, err := os.Stat(source)
	if err != nil {
		return false, err
	}
	b, err := os.Stat(target)
	return err == nil && os.SameFile(a, b), err
}

// NodeUnpublishVolume takes the volume away from the Pod's directory.
func (d *Driver) NodeUnpublishVolume(
	ctx context.Context, r *spec.NodeUnpublishVolumeRequest,
) (*spec.NodeUnpublishVolumeResponse, error) {
	if r.GetTargetPath() == "" {
		return nil, status.Error(codes.InvalidArgument, "target path is required")
	}
	if _, err := suffer(ctx, d.settings.Faults, "NodeUnpublishVolume", r.GetVolumeId()); err != nil {
		return nil, err
	}
	d.one.Lock()
	defer d.one.Unlock()
	// EINVAL means that nothing is mounted there: an earlier call got so far.
	err := unix.Unmount(r.GetTargetPath(), unix.UMOUNT_NOFOLLOW)
	if err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOENT) {
		return nil, internal(fmt.Errorf("unmount %s: %w", r.GetTargetPath(), err))
	}
	if err := os.Remove(r.GetTargetPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, internal(err)
	}
	return &spec.NodeUnpublishVolumeResponse{}, nil
}

// NodeGetVolumeStats tells the numbers of the whole pool: volumes have no quota.
func (d *Driver) NodeGetVolumeStats(
	_ context.Context, r *spec.NodeGetVolumeStatsRequest,
) (*spec.NodeGetVolumeStatsResponse, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(r.GetVolumePath(), &stat); err != nil {
		return nil, status.Errorf(codes.NotFound, "volume path %s: %v", r.GetVolumePath(), err)
	}
	block := stat.Bsize
	return &spec.NodeGetVolumeStatsResponse{Usage: []*spec.VolumeUsage{{
		Unit:      spec.VolumeUsage_BYTES,
		Total:     int64(stat.Blocks) * block,
		Available: int64(stat.Bavail) * block,
		Used:      int64(stat.Blocks-stat.Bfree) * block,
	}}}, nil
}
