// Package images makes the database images of the test bed without a container
// engine: one Debian root file system is built with debootstrap, packed as one
// layer, and shared by every image of one OCI archive. Import it with
//
//	ctr -n k8s.io images import ARCHIVE
package images
