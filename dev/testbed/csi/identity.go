package csi

import (
	"context"

	spec "github.com/container-storage-interface/spec/lib/go/csi"
)

// GetPluginInfo names the driver.
func (d *Driver) GetPluginInfo(context.Context, *spec.GetPluginInfoRequest) (*spec.GetPluginInfoResponse, error) {
	return &spec.GetPluginInfoResponse{Name: Name, VendorVersion: version}, nil
}

// GetPluginCapabilities says that volumes are made on demand.
func (d *Driver) GetPluginCapabilities(
	context.Context, *spec.GetPluginCapabilitiesRequest,
) (*spec.GetPluginCapabilitiesResponse, error) {
	return &spec.GetPluginCapabilitiesResponse{Capabilities: []*spec.PluginCapability{{
		Type: &spec.PluginCapability_Service_{Service: &spec.PluginCapability_Service{
			Type: spec.PluginCapability_Service_CONTROLLER_SERVICE,
		}},
	}}}, nil
}

// Probe is ready as soon as it answers.
func (d *Driver) Probe(context.Context, *spec.ProbeRequest) (*spec.ProbeResponse, error) {
	return &spec.ProbeResponse{}, nil
}
