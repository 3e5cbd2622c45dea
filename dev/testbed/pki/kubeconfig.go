package pki

import (
	"encoding/base64"
	"fmt"
	"os"
)

const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- name: muster
  cluster:
    server: %s
    certificate-authority-data: %s
users:
- name: %[3]s
  user:
    client-certificate-data: %[4]s
    client-key-data: %[5]s
contexts:
- name: muster
  context: {cluster: muster, user: %[3]s}
current-context: muster
`

// Kubeconfig issues the identity and writes a self-contained kubeconfig for it.
func (a *Authority) Kubeconfig(file, server string, id Identity) error {
	if err := a.Issue(id); err != nil {
		return err
	}
	parts := make([]any, 0, 5)
	parts = append(parts, server)
	for _, path := range []string{a.Cert("ca"), "", a.Cert(id.File), a.Key(id.File)} {
		if path == "" {
			parts = append(parts, id.File)
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		parts = append(parts, base64.StdEncoding.EncodeToString(content))
	}
	return os.WriteFile(file, fmt.Appendf(nil, kubeconfig, parts...), 0o600)
}
