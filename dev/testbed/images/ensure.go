package images

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// Cache is where finished images are kept: $MUSTER_CACHE/images, or the user's cache.
func Cache() (string, error) {
	if root := os.Getenv("MUSTER_CACHE"); root != "" {
		return filepath.Join(root, "images"), nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".cache", "muster", "images"), err
}

// Ensure returns the archive with all database images and builds it only when
// its recipe has changed. Building needs root, debootstrap and a Debian mirror.
// Several processes may call it at once: one builds, the others wait.
func Ensure(ctx context.Context, cache string, progress io.Writer) (string, error) {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	release, err := lock(filepath.Join(cache, "lock"))
	if err != nil {
		return "", err
	}
	defer release()
	key, err := archiveKey()
	if err != nil {
		return "", err
	}
	archive := filepath.Join(cache, "databases-"+key+".tar")
	if _, err := os.Stat(archive); err == nil {
		return archive, nil
	}
	shared, err := rootLayer(ctx, cache, progress)
	if err != nil {
		return "", fmt.Errorf("build the root file system of the database images: %w", err)
	}
	fmt.Fprintln(progress, "packing database images")
	if err := pack(archive, cache, shared); err != nil {
		return "", fmt.Errorf("pack database images: %w", err)
	}
	return archive, forget(cache, "databases-*.tar", archive)
}

// rootLayer is the packed root file system, built if its recipe is new.
func rootLayer(ctx context.Context, cache string, progress io.Writer) (Layer, error) {
	layer := filepath.Join(cache, "rootfs-"+keyOf(rootfsRecipe)+".tar")
	if _, err := os.Stat(layer); err == nil {
		return OpenLayer(layer)
	}
	work, err := os.MkdirTemp(cache, "build-")
	if err != nil {
		return Layer{}, err
	}
	defer os.RemoveAll(work)
	fmt.Fprintln(progress, "building the Debian root file system of the database images (about two minutes)")
	recipe := filepath.Join(work, "build.sh")
	if err := os.WriteFile(recipe, rootfsRecipe, 0o755); err != nil {
		return Layer{}, err
	}
	if err := run(ctx, filepath.Join(cache, "rootfs.log"), recipe, filepath.Join(work, "rootfs")); err != nil {
		return Layer{}, err
	}
	packed := filepath.Join(work, "rootfs.tar")
	file, err := os.Create(packed)
	if err != nil {
		return Layer{}, err
	}
	defer file.Close()
	if err := WriteTree(file, filepath.Join(work, "rootfs")); err != nil {
		return Layer{}, err
	}
	if err := os.Rename(packed, layer); err != nil {
		return Layer{}, err
	}
	if err := forget(cache, "rootfs-*.tar", layer); err != nil {
		return Layer{}, err
	}
	return OpenLayer(layer)
}

func pack(archive, cache string, shared Layer) error {
	work, err := os.MkdirTemp(cache, "pack-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	var all []Image
	for _, d := range databases() {
		image, err := d.image(shared, work)
		if err != nil {
			return err
		}
		all = append(all, image)
	}
	file, err := os.Create(filepath.Join(work, "archive.tar"))
	if err != nil {
		return err
	}
	defer file.Close()
	if err := WriteArchive(file, all); err != nil {
		return err
	}
	return os.Rename(file.Name(), archive)
}

// run keeps the output of a long command in a file and shows its name on failure.
func run(ctx context.Context, log, command string, arguments ...string) error {
	out, err := os.Create(log)
	if err != nil {
		return err
	}
	defer out.Close()
	c := exec.CommandContext(ctx, command, arguments...)
	c.Stdout, c.Stderr = out, out
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w; its output is in %s", filepath.Base(command), err, log)
	}
	return nil
}

// forget removes what older recipes left.
func forget(cache, pattern, keep string) error {
	old, err := filepath.Glob(filepath.Join(cache, pattern))
	if err != nil {
		return err
	}
	for _, file := range old {
		if file == keep {
			continue
		}
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return nil
}

func archiveKey() (string, error) {
	parts := [][]byte{rootfsRecipe}
	for _, d := range databases() {
		config, err := json.Marshal(d.config)
		if err != nil {
			return "", err
		}
		parts = append(parts, []byte(d.name), d.entrypoint, config)
	}
	return keyOf(parts...), nil
}

func keyOf(parts ...[]byte) string {
	hash := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(hash, "%d:", len(part))
		hash.Write(part)
	}
	return hex.EncodeToString(hash.Sum(nil))[:16]
}

func lock(name string) (func(), error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
		file.Close()
		return nil, err
	}
	return func() { file.Close() }, nil
}
