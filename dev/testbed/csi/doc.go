// Package csi is the storage driver of the test bed: volumes are btrfs
// subvolumes on a loop-mounted file, so snapshots and clones are real, instant
// and crash-consistent. Faults are injected by a file, see [Faults].
package csi
