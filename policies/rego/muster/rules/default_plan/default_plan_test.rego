package muster.rules.default_plan_test

import data.muster.rules.default_plan

asked := {
	"kind": "StatefulSet",
	"said": {},
	"default_plan": "standard",
	"contract": {"protect": null},
	"volumes": [{"name": "data", "source": "claim-template"}],
}

with_field(key, value) := object.union(asked, {key: value})

test_a_plan_is_set if {
	default_plan.set == {{"key": "muster.dev/plan", "value": "standard", "rule": "default-plan"}} with input as asked
}

test_the_users_plan_stays if {
	default_plan.set == set() with input as with_field("said", {"muster.dev/plan": "gold"})
}

test_an_opt_out_stays if {
	default_plan.set == set() with input as with_field("contract", {"protect": false})
}

test_no_claim_no_plan if {
	default_plan.set == set() with input as with_field("volumes", [{"name": "tmp", "source": "empty-dir"}])
}

test_a_pod_gets_no_plan if {
	default_plan.set == set() with input as with_field("kind", "Pod")
}
