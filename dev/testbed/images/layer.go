package images

import (
	"archive/tar"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// epoch stands for every modification time, so that the same tree gives the same digest.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// File is one entry of a layer that comes from memory instead of a tree.
type File struct {
	Name    string
	Mode    int64
	Content []byte
}

// WriteTree writes a directory as an uncompressed layer: owners, modes, links;
// device nodes and sockets are left out.
func WriteTree(w io.Writer, root string) error {
	t := tree{tar: tar.NewWriter(w), root: root, links: map[uint64]string{}}
	if err := filepath.WalkDir(root, t.add); err != nil {
		return fmt.Errorf("pack %s: %w", root, err)
	}
	return t.tar.Close()
}

// WriteFiles writes a layer of a few files, owned by root.
func WriteFiles(w io.Writer, files ...File) error {
	out := tar.NewWriter(w)
	for _, file := range files {
		header := tar.Header{
			Name: file.Name, Mode: file.Mode, Size: int64(len(file.Content)), ModTime: epoch, Typeflag: tar.TypeReg,
		}
		if err := out.WriteHeader(&header); err != nil {
			return err
		}
		if _, err := out.Write(file.Content); err != nil {
			return err
		}
	}
	return out.Close()
}

type tree struct {
	tar   *tar.Writer
	root  string
	links map[uint64]string
}

func (t tree) add(path string, entry fs.DirEntry, err error) error {
	if err != nil {
		return err
	}
	name, err := filepath.Rel(t.root, path)
	if err != nil || name == "." {
		return err
	}
	info, err := entry.Info()
	if err != nil {
		return err
	}
	header, err := t.header(path, name, info)
	if header == nil || err != nil {
		return err
	}
	if err := t.tar.WriteHeader(header); err != nil {
		return err
	}
	if header.Typeflag != tar.TypeReg {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(t.tar, file)
	return err
}

// header describes one entry, or is nil for a kind that a layer cannot hold.
func (t tree) header(path, name string, info fs.FileInfo) (*tar.Header, error) {
	if info.Mode()&(fs.ModeDevice|fs.ModeSocket|fs.ModeNamedPipe) != 0 {
		return nil, nil
	}
	target := ""
	if info.Mode()&fs.ModeSymlink != 0 {
		var err error
		if target, err = os.Readlink(path); err != nil {
			return nil, err
		}
	}
	header, err := tar.FileInfoHeader(info, target)
	if err != nil {
		return nil, err
	}
	header.Name = name
	if info.IsDir() {
		header.Name += "/"
	}
	header.ModTime, header.AccessTime, header.ChangeTime = epoch, time.Time{}, time.Time{}
	header.Uname, header.Gname = "", ""
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && info.Mode().IsRegular() && stat.Nlink > 1 {
		if first, seen := t.links[stat.Ino]; seen {
			header.Typeflag, header.Linkname, header.Size = tar.TypeLink, first, 0
		} else {
			t.links[stat.Ino] = name
		}
	}
	return header, nil
}
