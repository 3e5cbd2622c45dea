package muster.rules.invalid_contract_test

import data.muster.rules.invalid_contract

asked(level, kind) := {
	"level": level,
	"kind": kind,
	"problems": [{"key": "muster.dev/rpo", "message": "not a duration", "allowed": "24h"}],
}

finding := {"rule": "invalid-contract", "message": "muster.dev/rpo: not a duration; allowed: 24h"}

test_warns_at_every_level if {
	invalid_contract.warn == {finding} with input as asked("warn", "StatefulSet")
	invalid_contract.deny == set() with input as asked("warn", "StatefulSet")
}

test_denies_a_workload_when_enforced if {
	invalid_contract.deny == {object.union(finding, {"keys": ["muster.dev/rpo"]})} with input as asked("enforce", "StatefulSet")
}

test_never_denies_a_claim if {
	invalid_contract.deny == set() with input as asked("enforce", "PersistentVolumeClaim")
}
