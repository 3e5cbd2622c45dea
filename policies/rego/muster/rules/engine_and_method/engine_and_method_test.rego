package muster.rules.engine_and_method_test

import data.muster.rules.engine_and_method

asked := {
	"kind": "StatefulSet",
	"said": {},
	"profiles": ["postgresql"],
	"contract": {"protect": null, "engine": "auto", "method": "auto"},
	"containers": [{"name": "db", "image": "postgres", "ports": [], "environment": [], "mounts": []}],
	"volumes": [{"name": "data", "source": "claim-template"}],
}

engine := {"key": "muster.dev/engine", "value": "postgresql", "rule": "engine"}

method := {"key": "muster.dev/method", "value": "dump", "rule": "method"}

test_engine_and_method_are_set if {
	engine_and_method.set == {engine, method} with input as asked
}

test_a_plan_of_snapshots_keeps_its_method if {
	engine_and_method.set == {engine} with input as object.union(asked, {"contract": {"method": "snapshot"}})
}

test_an_engine_without_profile_is_not_set if {
	engine_and_method.set == set() with input as object.union(asked, {"profiles": ["mariadb"]})
}

test_a_pod_gets_its_engine_only if {
	engine_and_method.set == {engine} with input as object.union(asked, {"kind": "Pod"})
}

test_the_users_engine_stays if {
	said := {"said": {"muster.dev/engine": "postgresql"}, "contract": {"engine": "postgresql"}}
	engine_and_method.set == {method} with input as object.union(asked, said)
}
