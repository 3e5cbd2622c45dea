package muster.rules.unclear_engine_test

import data.muster.rules.unclear_engine

asked(image, ports) := {
	"kind": "StatefulSet",
	"profiles": ["postgresql"],
	"contract": {"protect": null, "engine": "auto", "method": "auto"},
	"containers": [{"name": "db", "image": image, "ports": ports, "environment": [], "mounts": []}],
}

test_a_likeness_is_asked_about if {
	message := "looks like postgresql (port 5432): set muster.dev/engine to a profile or none"
	unclear_engine.warn == {{"rule": "unclear-engine", "message": message}} with input as asked("pooler", [5432])
}

test_no_profile_is_told if {
	message := "etcd has no profile for dumps: set muster.dev/method"
	unclear_engine.warn == {{"rule": "no-profile", "message": message}} with input as asked("etcd", [2379])
}

test_a_sure_engine_is_no_question if {
	unclear_engine.warn == set() with input as asked("postgres", [5432])
}
