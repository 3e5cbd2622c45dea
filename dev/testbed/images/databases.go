package images

import (
	"bytes"
	_ "embed"
	"os"
	"path/filepath"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

//go:embed rootfs/build.sh
var rootfsRecipe []byte

//go:embed postgres-entrypoint.sh
var postgresEntrypoint []byte

//go:embed mariadb-entrypoint.sh
var mariadbEntrypoint []byte

const (
	// PostgresImage behaves like the PostgreSQL image that people know.
	PostgresImage = "muster.test/postgres:15"
	// MariaDBImage behaves like the MariaDB image that people know.
	MariaDBImage = "muster.test/mariadb:10.11"
	// DebianImage is for Pods that only need a shell.
	DebianImage = "muster.test/debian:12"
)

const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// database is one image on the shared root file system; without an entry point
// it is just that system.
type database struct {
	name       string
	entrypoint []byte
	config     ocispec.ImageConfig
}

func databases() []database {
	start := []string{"docker-entrypoint.sh"}
	return []database{
		{PostgresImage, postgresEntrypoint, ocispec.ImageConfig{
			Env:          []string{path, "LANG=C.UTF-8", "PG_MAJOR=15", "PGDATA=/var/lib/postgresql/data"},
			Entrypoint:   start,
			Cmd:          []string{"postgres"},
			ExposedPorts: map[string]struct{}{"5432/tcp": {}},
			Volumes:      map[string]struct{}{"/var/lib/postgresql/data": {}},
			// SIGINT is the fast shutdown: sessions are ended, the checkpoint is written.
			StopSignal: "SIGINT",
		}},
		{MariaDBImage, mariadbEntrypoint, ocispec.ImageConfig{
			Env:          []string{path, "LANG=C.UTF-8", "MARIADB_VERSION=10.11"},
			Entrypoint:   start,
			Cmd:          []string{"mariadbd"},
			ExposedPorts: map[string]struct{}{"3306/tcp": {}},
			Volumes:      map[string]struct{}{"/var/lib/mysql": {}},
		}},
		{DebianImage, nil, ocispec.ImageConfig{Env: []string{path, "LANG=C.UTF-8"}, Cmd: []string{"bash"}}},
	}
}

// image adds the entry point as a layer of its own above the shared one.
func (d database) image(shared Layer, folder string) (Image, error) {
	if d.entrypoint == nil {
		return Image{Name: d.name, Config: d.config, Layers: []Layer{shared}}, nil
	}
	var content bytes.Buffer
	entry := File{Name: "usr/local/bin/docker-entrypoint.sh", Mode: 0o755, Content: d.entrypoint}
	if err := WriteFiles(&content, entry); err != nil {
		return Image{}, err
	}
	file := filepath.Join(folder, "entrypoint-"+keyOf([]byte(d.name))+".tar")
	if err := os.WriteFile(file, content.Bytes(), 0o644); err != nil {
		return Image{}, err
	}
	own, err := OpenLayer(file)
	return Image{Name: d.name, Config: d.config, Layers: []Layer{shared, own}}, err
}
