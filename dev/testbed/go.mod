module muster.dev/dev/testbed

go 1.26.0
