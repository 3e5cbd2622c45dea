package muster.control.protected_by_plan_test

import data.muster.control.protected_by_plan

facts := {
	"gap": false,
	"contract": {"valid": true, "enrolled": true, "possible": true},
	"operator": "",
	"intents": [],
	"plan": {"slots_apart": 86400},
}

test_missing_facts_are_no_pass if {
	protected_by_plan.said.status == "not-evaluated" with input as {}
}

test_a_plan_with_slots_and_a_method_passes if {
	protected_by_plan.said.status == "pass" with input as facts
}

test_refused_values_fail if {
	protected_by_plan.said.status == "fail" with input as object.union(facts, {"contract": {"valid": false}})
}

test_a_plan_without_slots_fails if {
	protected_by_plan.said.status == "fail" with input as object.remove(facts, ["plan"])
}

test_without_a_method_it_fails if {
	protected_by_plan.said.status == "fail" with input as object.union(facts, {"contract": {"possible": false}})
}

test_what_nobody_asked_for_fails if {
	protected_by_plan.said.status == "fail" with input as object.union(facts, {"contract": {"enrolled": false}})
}

test_an_opt_out_fails if {
	said := protected_by_plan.said with input as object.union(facts, {"contract": {"enrolled": false, "protect": false}})
	said.status == "fail"
	said.reason == "opted out"
}

test_what_another_tool_plans_is_not_known if {
	protected_by_plan.said.status == "not-evaluated" with input as object.union(facts, {"contract": {"enrolled": false}, "intents": ["Velero"]})
}

test_what_an_operator_plans_is_not_known if {
	protected_by_plan.said.status == "not-evaluated" with input as object.union(facts, {"contract": {"enrolled": false}, "operator": "Cluster"})
}

test_what_cannot_be_read_is_not_known if {
	protected_by_plan.said.status == "not-evaluated" with input as object.union(facts, {"contract": {"enrolled": false}, "gap": true})
}
