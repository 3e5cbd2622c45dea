// Package tools finds the servers and commands that dev/tools builds.
package tools

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Source is dev/tools, which the wrapper script names.
type Source struct{ Dir string }

func FromEnvironment() Source { return Source{Dir: os.Getenv("MUSTER_TOOLS")} }

// Path is where the tool lies; it is built first if it has not been yet.
func (s Source) Path(name string) (string, error) {
	if s.Dir == "" {
		return "", fmt.Errorf("MUSTER_TOOLS names no directory: run dev/testbed/testbed, not the command it builds")
	}
	command := exec.Command(filepath.Join(s.Dir, "build"), "--path", name)
	var problems bytes.Buffer
	command.Stderr = &problems
	path, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", name, err, problems.String())
	}
	return strings.TrimSpace(string(path)), nil
}

// Build builds every tool, with progress on this command's standard error.
func (s Source) Build() error {
	command := exec.Command(filepath.Join(s.Dir, "build"))
	command.Stdout, command.Stderr = os.Stderr, os.Stderr
	return command.Run()
}

// ModuleFolder is a folder inside a Go module that one of the tools modules
// pins; the module is fetched if it is not here yet.
func (s Source) ModuleFolder(group, module, folder string) (string, error) {
	command := exec.Command("go", "list", "-C", filepath.Join(s.Dir, group), "-m", "-f", "{{.Path}}@{{.Version}}", module)
	pinned, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("find %s in dev/tools/%s: %w", module, group, err)
	}
	command = exec.Command("go", "mod", "download", "-json", strings.TrimSpace(string(pinned)))
	command.Dir = filepath.Join(s.Dir, group)
	answer, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("fetch %s: %w", module, err)
	}
	var fetched struct{ Dir string }
	if err := json.Unmarshal(answer, &fetched); err != nil {
		return "", err
	}
	return filepath.Join(fetched.Dir, folder), nil
}
