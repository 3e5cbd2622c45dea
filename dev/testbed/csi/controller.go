package csi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"time"

	spec "github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const defaultSize = 1 << 30

var plainName = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9-]{0,100}$`)

// idOf is the name itself where it can be a file name, so that people find it.
func idOf(name string) string {
	if plainName.MatchString(name) {
		return name
	}
	hash := sha256.Sum256([]byte(name))
	return "h" + hex.EncodeToString(hash[:16])
}

// ControllerGetCapabilities lists what the driver can do.
func (d *Driver) ControllerGetCapabilities(
	context.Context, *spec.ControllerGetCapabilitiesRequest,
) (*spec.ControllerGetCapabilitiesResponse, error) {
	response := new(spec.ControllerGetCapabilitiesResponse)
	for _, can := range []spec.ControllerServiceCapability_RPC_Type{
		spec.ControllerServiceCapability_RPC_CREATE_DELETE_VOLUME,
		spec.ControllerServiceCapability_RPC_CREATE_DELETE_SNAPSHOT,
		spec.ControllerServiceCapability_RPC_LIST_SNAPSHOTS,
		spec.ControllerServiceCapability_RPC_CLONE_VOLUME,
	} {
		response.Capabilities = append(response.Capabilities, &spec.ControllerServiceCapability{
			Type: &spec.ControllerServiceCapability_Rpc{Rpc: &spec.ControllerServiceCapability_RPC{Type: can}},
		})
	}
	return response, nil
}

// CreateVolume makes an empty volume, or one from a snapshot or another volume.
func (d *Driver) CreateVolume(ctx context.Context, r *spec.CreateVolumeRequest) (*spec.CreateVolumeResponse, error) {
	if r.GetName() == "" || len(r.GetVolumeCapabilities()) == 0 {
		return nil, status.Error(codes.InvalidArgument, "name and capabilities are required")
	}
	if err := mountable(r.GetVolumeCapabilities()...); err != nil {
		return nil, err
	}
	id := idOf(r.GetName())
	claim := r.GetParameters()["csi.storage.k8s.io/pvc/namespace"] + "/" + r.GetParameters()["csi.storage.k8s.io/pvc/name"]
	fault, err := suffer(ctx, d.settings.Faults, "CreateVolume", id, claim)
	if err != nil {
		return nil, err
	}
	d.one.Lock()
	defer d.one.Unlock()
	size := sizeOf(r.GetCapacityRange())
	existing, err := d.pool.find(volumes, id)
	if err != nil {
		return nil, internal(err)
	}
	if existing != nil && existing.SizeBytes < size {
		return nil, status.Errorf(codes.AlreadyExists, "volume %s exists with %d bytes", id, existing.SizeBytes)
	}
	if existing == nil {
		from, source, err := d.source(r.GetVolumeContentSource())
		if err != nil {
			return nil, err
		}
		existing = &record{ID: id, SizeBytes: size, Source: source, Created: time.Now()}
		if err := d.pool.create(ctx, volumes, *existing, content{from: from, lose: fault.lose}); err != nil {
			return nil, internal(err)
		}
	}
	return &spec.CreateVolumeResponse{Volume: &spec.Volume{
		VolumeId: id, CapacityBytes: existing.SizeBytes, ContentSource: r.GetVolumeContentSource(),
	}}, nil
}

// source finds the subvolume that a new volume copies.
func (d *Driver) source(wanted *spec.VolumeContentSource) (path, id string, err error) {
	k := snapshots
	switch {
	case wanted == nil:
		return "", "", nil
	case wanted.GetSnapshot() != nil:
		id = wanted.GetSnapshot().GetSnapshotId()
	case wanted.GetVolume() != nil:
		id, k = wanted.GetVolume().GetVolumeId(), volumes
	default:
		return "", "", status.Error(codes.InvalidArgument, "unknown content source")
	}
	found, err := d.pool.find(k, id)
	if err != nil {
		return "", "", internal(err)
	}
	if found == nil {
		return "", "", status.Errorf(codes.NotFound, "no source %s in %s", id, k)
	}
	return d.pool.path(k, id), id, nil
}

// DeleteVolume removes a volume; one that does not exist is fine.
func (d *Driver) DeleteVolume(ctx context.Context, r *spec.DeleteVolumeRequest) (*spec.DeleteVolumeResponse, error) {
	if r.GetVolumeId() == "" {
		return nil, status.Error(codes.InvalidArgument, "volume id is required")
	}
	if _, err := suffer(ctx, d.settings.Faults, "DeleteVolume", r.GetVolumeId()); err != nil {
		return nil, err
	}
	d.one.Lock()
	defer d.one.Unlock()
	if err := d.pool.remove(ctx, volumes, idOf(r.GetVolumeId())); err != nil {
		return nil, internal(err)
	}
	return &spec.DeleteVolumeResponse{}, nil
}

// ValidateVolumeCapabilities confirms file systems and refuses block devices.
func (d *Driver) ValidateVolumeCapabilities(
	_ context.Context, r *spec.ValidateVolumeCapabilitiesRequest,
) (*spec.ValidateVolumeCapabilitiesResponse, error) {
	found, err := d.pool.find(volumes, idOf(r.GetVolumeId()))
	if err != nil {
		return nil, internal(err)
	}
	if found == nil {
		return nil, status.Errorf(codes.NotFound, "no volume %s", r.GetVolumeId())
	}
	if err := mountable(r.GetVolumeCapabilities()...); err != nil {
		return &spec.ValidateVolumeCapabilitiesResponse{Message: err.Error()}, nil
	}
	return &spec.ValidateVolumeCapabilitiesResponse{
		Confirmed: &spec.ValidateVolumeCapabilitiesResponse_Confirmed{VolumeCapabilities: r.GetVolumeCapabilities()},
	}, nil
}

func mountable(wanted ...*spec.VolumeCapability) error {
	for _, capability := range wanted {
		if capability.GetMount() == nil {
			return status.Error(codes.InvalidArgument, "only volumeMode Filesystem is supported")
		}
	}
	return nil
}

func sizeOf(wanted *spec.CapacityRange) int64 {
	if wanted.GetRequiredBytes() > 0 {
		return wanted.GetRequiredBytes()
	}
	return defaultSize
}

func internal(err error) error { return status.Error(codes.Internal, err.Error()) }
