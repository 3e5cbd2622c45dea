module muster.dev/dev/tools/vectors

go 1.26.0

require c2sp.org/CCTV/age v0.0.0-20260829155415-4448f2097b2d
