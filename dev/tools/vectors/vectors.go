// Package vectors pins what tests read: age's public test vectors.
package vectors

import _ "c2sp.org/CCTV/age"
