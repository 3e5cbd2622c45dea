package node

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"muster.dev/testbed/images"
)

// Sandbox holds a Pod's namespaces; Busybox is for tests.
const (
	Sandbox = "muster.test/pause:dev"
	Busybox = "muster.test/busybox:dev"
)

// packImages writes the archive of the bed's own images: a program built here
// and Debian's busybox with openssl, for tests that check certificates.
func packImages(archive, binaries string) error {
	work, err := os.MkdirTemp(filepath.Dir(archive), "images-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	sandbox, err := image(work, "pause", Sandbox, []string{"/pause"}, func(root string) error {
		return copyFile(filepath.Join(binaries, "pause"), filepath.Join(root, "pause"))
	})
	if err != nil {
		return err
	}
	tools, err := image(work, "busybox", Busybox, nil, busyboxTree)
	if err != nil {
		return err
	}
	out, err := os.Create(archive)
	if err != nil {
		return err
	}
	defer out.Close()
	return images.WriteArchive(out, []images.Image{sandbox, tools})
}

func busyboxTree(root string) error {
	for _, dir := range []string{"bin", "etc", "tmp"} {
		if err := os.Mkdir(filepath.Join(root, dir), 0o755); err != nil {
			return err
		}
	}
	for command, debian := range map[string]string{"/bin/busybox": "busybox", "/usr/bin/openssl": "openssl"} {
		if err := copyWithLibraries(root, command); err != nil {
			return fmt.Errorf("%w: apt-get install %s", err, debian)
		}
	}
	applets, err := exec.Command("/bin/busybox", "--list").Output()
	if err != nil {
		return err
	}
	for _, applet := range strings.Fields(string(applets)) {
		if err := os.Symlink("busybox", filepath.Join(root, "bin", applet)); err != nil {
			return err
		}
	}
	if err := os.Chmod(filepath.Join(root, "tmp"), 0o777|os.ModeSticky); err != nil {
		return err
	}
	for file, content := range map[string]string{"passwd": "root:x:0:0:root:/:/bin/sh\n", "nsswitch.conf": "hosts: files dns\n"} {
		if err := os.WriteFile(filepath.Join(root, "etc", file), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// copyWithLibraries brings a command and what the dynamic linker loads for it.
func copyWithLibraries(root, command string) error {
	needed, err := exec.Command("ldd", command).Output()
	if err != nil {
		return err
	}
	files := []string{command}
	for _, word := range strings.Fields(string(needed)) {
		if strings.HasPrefix(word, "/") {
			files = append(files, word)
		}
	}
	for _, file := range files {
		to := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := copyFile(file, to); err != nil {
			return err
		}
	}
	return nil
}

func image(work, name, reference string, entrypoint []string, fill func(root string) error) (images.Image, error) {
	root := filepath.Join(work, name)
	if err := os.Mkdir(root, 0o755); err != nil {
		return images.Image{}, err
	}
	if err := fill(root); err != nil {
		return images.Image{}, err
	}
	out, err := os.Create(root + ".tar")
	if err != nil {
		return images.Image{}, err
	}
	defer out.Close()
	if err := images.WriteTree(out, root); err != nil {
		return images.Image{}, err
	}
	layer, err := images.OpenLayer(out.Name())
	config := ocispec.ImageConfig{Entrypoint: entrypoint, Cmd: []string{"/bin/sh"}, Env: []string{"PATH=/bin:/usr/bin"}}
	if entrypoint != nil {
		config.Cmd = nil
	}
	return images.Image{Name: reference, Config: config, Layers: []images.Layer{layer}}, err
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o755)
}

// Load imports an archive into the kubelet's part of containerd. Doing it again changes nothing.
func Load(ctx context.Context, ctr, socket, archive string) error {
	command := exec.CommandContext(ctx, ctr, "--address", socket, "--namespace", "k8s.io",
		"images", "import", "--local", archive)
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("import %s: %w: %s", archive, err, out)
	}
	return nil
}
