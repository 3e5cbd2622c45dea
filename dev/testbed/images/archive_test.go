package images

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

// unpack reads a tar stream into memory; a name that comes twice fails the test.
func unpack(t *testing.T, stream io.Reader) map[string]string {
	t.Helper()
	entries := map[string]string{}
	for reader := tar.NewReader(stream); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return entries
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := entries[header.Name]; twice {
			t.Errorf("%s is there twice", header.Name)
		}
		entries[header.Name] = string(content)
		if header.Linkname != "" {
			entries[header.Name] = "-> " + header.Linkname
		}
	}
}

func TestImagesOfOneArchiveShareTheirLayer(t *testing.T) {
	layer := filepath.Join(t.TempDir(), "layer.tar")
	var content bytes.Buffer
	if err := WriteFiles(&content, File{Name: "hello", Mode: 0o644, Content: []byte("world")}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(layer, content.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	shared, err := OpenLayer(layer)
	if err != nil {
		t.Fatal(err)
	}
	config := ocispec.ImageConfig{Cmd: []string{"one"}}

	var archive bytes.Buffer
	err = WriteArchive(&archive, []Image{
		{Name: "muster.test/one:1", Config: config, Layers: []Layer{shared}},
		{Name: "muster.test/two:2", Config: ocispec.ImageConfig{Cmd: []string{"two"}}, Layers: []Layer{shared}},
	})

	if err != nil {
		t.Fatal(err)
	}
	entries := unpack(t, &archive)
	var index ocispec.Index
	if err := json.Unmarshal([]byte(entries["index.json"]), &index); err != nil {
		t.Fatal(err)
	}
	if len(index.Manifests) != 2 || len(entries) != 2+1+2*2 {
		t.Fatalf("%d images in %d entries", len(index.Manifests), len(entries))
	}
	if name := index.Manifests[1].Annotations["io.containerd.image.name"]; name != "muster.test/two:2" {
		t.Errorf("second image: %s", name)
	}
	for name, blob := range entries {
		if hash, ok := strings.CutPrefix(name, "blobs/sha256/"); ok && digest.FromString(blob).Encoded() != hash {
			t.Errorf("%s has another digest", name)
		}
	}
}

func TestTreeKeepsLinksAndTheSameTreeGivesTheSameLayer(t *testing.T) {
	root := t.TempDir()
	for _, err := range []error{
		os.Mkdir(filepath.Join(root, "bin"), 0o755),
		os.WriteFile(filepath.Join(root, "bin", "tool"), []byte("x"), 0o755),
		os.Link(filepath.Join(root, "bin", "tool"), filepath.Join(root, "bin", "zz-same")),
		os.Symlink("bin/tool", filepath.Join(root, "link")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}

	var first, second bytes.Buffer
	err := errors.Join(WriteTree(&first, root), WriteTree(&second, root))

	if err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Fatalf("the layers differ: %v", err)
	}
	entries := unpack(t, &first)
	if entries["bin/tool"] != "x" || entries["bin/zz-same"] != "-> bin/tool" || entries["link"] != "-> bin/tool" {
		t.Errorf("entries: %q", entries)
	}
}
