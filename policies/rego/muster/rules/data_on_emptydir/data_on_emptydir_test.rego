package muster.rules.data_on_emptydir_test

import data.muster.rules.data_on_emptydir

asked(source) := {
	"kind": "StatefulSet",
	"contract": {"engine": "auto"},
	"containers": [{"name": "db", "image": "postgres", "ports": [], "environment": [], "mounts": []}],
	"volumes": [{"name": "data", "source": source}],
}

test_an_engine_without_claim_is_told if {
	message := "postgresql has no claim: its data is lost with the Pod"
	data_on_emptydir.warn == {{"rule": "data-not-persistent", "message": message}} with input as asked("empty-dir")
}

test_a_claim_is_silent if {
	data_on_emptydir.warn == set() with input as asked("claim-template")
}
