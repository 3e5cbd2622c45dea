package csi

import (
	"context"
	"fmt"
	"log"
	"net"
	"os"
	"path/filepath"
	"sync"

	spec "github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

// Name is the driver's name in Kubernetes.
const Name = "csi.muster.test"

const version = "1.0.0"

// Settings says where the driver keeps things.
type Settings struct {
	// Node is the name of the only node.
	Node string
	// Pool is a directory on btrfs.
	Pool string
	// Faults is the fault file; it need not exist.
	Faults string
	// Socket is where the kubelet and the sidecars call the driver.
	Socket string
	// Registry is the kubelet's plugins_registry directory; empty means no registration.
	Registry string
}

// Driver answers the identity, controller and node services.
type Driver struct {
	spec.UnimplementedIdentityServer
	spec.UnimplementedControllerServer
	spec.UnimplementedNodeServer

	settings Settings
	pool     pool
	// one guards the pool: calls are short, and idempotence is simple without races.
	one sync.Mutex
}

// Open prepares the pool.
func Open(settings Settings) (*Driver, error) {
	opened, err := openPool(settings.Pool)
	if err != nil {
		return nil, fmt.Errorf("open pool %s: %w", settings.Pool, err)
	}
	return &Driver{settings: settings, pool: opened}, nil
}

// Serve answers calls until the context ends, then removes its sockets.
func (d *Driver) Serve(ctx context.Context) error {
	server := grpc.NewServer(grpc.UnaryInterceptor(logged))
	spec.RegisterIdentityServer(server, d)
	spec.RegisterControllerServer(server, d)
	spec.RegisterNodeServer(server, d)
	failed := make(chan error, 2)
	if err := listen(server, d.settings.Socket, failed); err != nil {
		return err
	}
	defer server.Stop()
	if d.settings.Registry != "" {
		registrar := grpc.NewServer()
		registration.RegisterRegistrationServer(registrar, registrant{socket: d.settings.Socket})
		socket := filepath.Join(d.settings.Registry, Name+"-reg.sock")
		if err := listen(registrar, socket, failed); err != nil {
			return err
		}
		defer registrar.Stop()
	}
	log.Printf("%s serves %s on %s", Name, d.settings.Pool, d.settings.Socket)
	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return err
	}
}

// listen replaces the socket that a killed driver left.
func listen(server *grpc.Server, socket string, failed chan<- error) error {
	if err := os.MkdirAll(filepath.Dir(socket), 0o755); err != nil {
		return err
	}
	if err := os.Remove(socket); err != nil && !os.IsNotExist(err) {
		return err
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	go func() { failed <- server.Serve(listener) }()
	return nil
}

// logged tells every failure once, where it happened.
func logged(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	response, err := next(ctx, request)
	if err != nil {
		log.Printf("%s: %v", info.FullMethod, err)
	}
	return response, err
}

// registrant tells the kubelet about the driver.
type registrant struct {
	registration.UnimplementedRegistrationServer
	socket string
}

func (r registrant) GetInfo(context.Context, *registration.InfoRequest) (*registration.PluginInfo, error) {
	return &registration.PluginInfo{
		Type: registration.CSIPlugin, Name: Name, Endpoint: r.socket, SupportedVersions: []string{version},
	}, nil
}

func (r registrant) NotifyRegistrationStatus(
	_ context.Context, answer *registration.RegistrationStatus,
) (*registration.RegistrationStatusResponse, error) {
	if !answer.PluginRegistered {
		log.Printf("the kubelet refused the driver: %s", answer.Error)
	}
	return &registration.RegistrationStatusResponse{}, nil
}
