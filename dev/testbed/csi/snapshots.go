package csi

import (
	"context"
	"strconv"
	"time"

	spec "github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// CreateSnapshot freezes the content of a volume at one instant.
func (d *Driver) CreateSnapshot(
	ctx context.Context, r *spec.CreateSnapshotRequest,
) (*spec.CreateSnapshotResponse, error) {
	if r.GetName() == "" || r.GetSourceVolumeId() == "" {
		return nil, status.Error(codes.InvalidArgument, "name and source volume are required")
	}
	id := idOf(r.GetName())
	named := r.GetParameters()["csi.storage.k8s.io/volumesnapshot/namespace"] + "/" +
		r.GetParameters()["csi.storage.k8s.io/volumesnapshot/name"]
	fault, err := suffer(ctx, d.settings.Faults, "CreateSnapshot", id, r.GetSourceVolumeId(), named)
	if err != nil {
		return nil, err
	}
	d.one.Lock()
	defer d.one.Unlock()
	existing, err := d.pool.find(snapshots, id)
	if err != nil {
		return nil, internal(err)
	}
	if existing != nil && existing.Source != r.GetSourceVolumeId() {
		return nil, status.Errorf(codes.AlreadyExists, "snapshot %s is of volume %s", id, existing.Source)
	}
	if existing == nil {
		if existing, err = d.take(ctx, id, r.GetSourceVolumeId(), fault.lose); err != nil {
			return nil, err
		}
	}
	return &spec.CreateSnapshotResponse{Snapshot: existing.snapshot(!fault.neverReady)}, nil
}

func (d *Driver) take(ctx context.Context, id, volume string, lose []string) (*record, error) {
	source, err := d.pool.find(volumes, volume)
	if err != nil {
		return nil, internal(err)
	}
	if source == nil {
		return nil, status.Errorf(codes.NotFound, "no volume %s", volume)
	}
	taken := record{ID: id, SizeBytes: source.SizeBytes, Source: volume, Created: time.Now()}
	frozen := content{from: d.pool.path(volumes, volume), readOnly: true, lose: lose}
	if err := d.pool.create(ctx, snapshots, taken, frozen); err != nil {
		return nil, internal(err)
	}
	return &taken, nil
}

func (r record) snapshot(ready bool) *spec.Snapshot {
	return &spec.Snapshot{
		SnapshotId: r.ID, SourceVolumeId: r.Source, SizeBytes: r.SizeBytes,
		CreationTime: timestamppb.New(r.Created), ReadyToUse: ready,
	}
}

// DeleteSnapshot removes a snapshot; one that does not exist is fine.
func (d *Driver) DeleteSnapshot(
	ctx context.Context, r *spec.DeleteSnapshotRequest,
) (*spec.DeleteSnapshotResponse, error) {
	if r.GetSnapshotId() == "" {
		return nil, status.Error(codes.InvalidArgument, "snapshot id is required")
	}
	if _, err := suffer(ctx, d.settings.Faults, "DeleteSnapshot", r.GetSnapshotId()); err != nil {
		return nil, err
	}
	d.one.Lock()
	defer d.one.Unlock()
	if err := d.pool.remove(ctx, snapshots, idOf(r.GetSnapshotId())); err != nil {
		return nil, internal(err)
	}
	return &spec.DeleteSnapshotResponse{}, nil
}

// ListSnapshots filters by id and by source; the token is an offset.
func (d *Driver) ListSnapshots(
	ctx context.Context, r *spec.ListSnapshotsRequest,
) (*spec.ListSnapshotsResponse, error) {
	all, err := d.pool.list(snapshots)
	if err != nil {
		return nil, internal(err)
	}
	start := 0
	if r.GetStartingToken() != "" {
		if start, err = strconv.Atoi(r.GetStartingToken()); err != nil || start < 0 || start > len(all) {
			return nil, status.Errorf(codes.Aborted, "no such token %q", r.GetStartingToken())
		}
	}
	response := new(spec.ListSnapshotsResponse)
	for i, one := range all[start:] {
		if r.GetMaxEntries() > 0 && len(response.Entries) == int(r.GetMaxEntries()) {
			response.NextToken = strconv.Itoa(start + i)
			break
		}
		if other(r.GetSnapshotId(), one.ID) || other(r.GetSourceVolumeId(), one.Source) {
			continue
		}
		fault, err := suffer(ctx, d.settings.Faults, "ListSnapshots", one.ID, one.Source)
		if err != nil {
			return nil, err
		}
		response.Entries = append(response.Entries, &spec.ListSnapshotsResponse_Entry{Snapshot: one.snapshot(!fault.neverReady)})
	}
	return response, nil
}

func other(wanted, is string) bool { return wanted != "" && wanted != is }
