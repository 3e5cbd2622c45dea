package images

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/opencontainers/go-digest"
	"github.com/opencontainers/image-spec/specs-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

// Image is one name in an archive: what to run, on which layers from below to above.
type Image struct {
	Name   string
	Config ocispec.ImageConfig
	Layers []Layer
}

// Layer is an uncompressed tar file whose digest is known.
type Layer struct {
	Path   string
	Size   int64
	Digest digest.Digest
}

// OpenLayer reads a tar file once to learn its digest.
func OpenLayer(path string) (Layer, error) {
	file, err := os.Open(path)
	if err != nil {
		return Layer{}, err
	}
	defer file.Close()
	hash := sha256.New()
	size, err := io.Copy(hash, file)
	if err != nil {
		return Layer{}, fmt.Errorf("read layer %s: %w", path, err)
	}
	return Layer{Path: path, Size: size, Digest: digest.NewDigest(digest.SHA256, hash)}, nil
}

// WriteArchive writes an OCI image layout as one tar stream. Blobs that images
// share are written once.
func WriteArchive(w io.Writer, all []Image) error {
	a := archive{tar: tar.NewWriter(w), seen: map[digest.Digest]bool{}}
	index := ocispec.Index{Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: ocispec.MediaTypeImageIndex}
	for _, image := range all {
		manifest, err := a.image(image)
		if err != nil {
			return fmt.Errorf("image %s: %w", image.Name, err)
		}
		index.Manifests = append(index.Manifests, manifest)
	}
	layout, err := json.Marshal(ocispec.ImageLayout{Version: ocispec.ImageLayoutVersion})
	if err != nil {
		return err
	}
	if err := a.file(ocispec.ImageLayoutFile, layout); err != nil {
		return err
	}
	encoded, err := json.Marshal(index)
	if err != nil {
		return err
	}
	if err := a.file(ocispec.ImageIndexFile, encoded); err != nil {
		return err
	}
	return a.tar.Close()
}

type archive struct {
	tar  *tar.Writer
	seen map[digest.Digest]bool
}

// image writes the blobs of one image and describes its manifest.
func (a *archive) image(image Image) (ocispec.Descriptor, error) {
	config := ocispec.Image{
		Platform: ocispec.Platform{Architecture: "amd64", OS: "linux"},
		Config:   image.Config,
		RootFS:   ocispec.RootFS{Type: "layers"},
	}
	manifest := ocispec.Manifest{Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: ocispec.MediaTypeImageManifest}
	for _, layer := range image.Layers {
		if err := a.layer(layer); err != nil {
			return ocispec.Descriptor{}, err
		}
		config.RootFS.DiffIDs = append(config.RootFS.DiffIDs, layer.Digest)
		manifest.Layers = append(manifest.Layers,
			ocispec.Descriptor{MediaType: ocispec.MediaTypeImageLayer, Digest: layer.Digest, Size: layer.Size})
	}
	var err error
	if manifest.Config, err = a.json(ocispec.MediaTypeImageConfig, config); err != nil {
		return ocispec.Descriptor{}, err
	}
	described, err := a.json(ocispec.MediaTypeImageManifest, manifest)
	described.Platform = &config.Platform
	// containerd takes the full name from its own key, other tools from the OCI one.
	described.Annotations = map[string]string{
		"io.containerd.image.name": image.Name,
		ocispec.AnnotationRefName:  image.Name,
	}
	return described, err
}

func (a *archive) layer(layer Layer) error {
	if a.seen[layer.Digest] {
		return nil
	}
	a.seen[layer.Digest] = true
	file, err := os.Open(layer.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	return a.entry(blobName(layer.Digest), layer.Size, file)
}

func (a *archive) json(mediaType string, value any) (ocispec.Descriptor, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return ocispec.Descriptor{}, err
	}
	d := digest.FromBytes(encoded)
	if !a.seen[d] {
		a.seen[d] = true
		err = a.file(blobName(d), encoded)
	}
	return ocispec.Descriptor{MediaType: mediaType, Digest: d, Size: int64(len(encoded))}, err
}

func (a *archive) file(name string, content []byte) error {
	return a.entry(name, int64(len(content)), bytes.NewReader(content))
}

func (a *archive) entry(name string, size int64, content io.Reader) error {
	if err := a.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: size, Typeflag: tar.TypeReg}); err != nil {
		return err
	}
	_, err := io.Copy(a.tar, content)
	return err
}

func blobName(d digest.Digest) string {
	return "blobs/" + d.Algorithm().String() + "/" + d.Encoded()
}
