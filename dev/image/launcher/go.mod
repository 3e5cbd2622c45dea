module dev.muster/launcher

go 1.26
