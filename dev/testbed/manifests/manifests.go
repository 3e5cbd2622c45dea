// Package manifests holds what every bed's cluster begins with.
package manifests

import "embed"

// Files are Kubernetes objects; snapshots.yaml needs the snapshot CRDs first.
//
//go:embed *.yaml
var Files embed.FS
