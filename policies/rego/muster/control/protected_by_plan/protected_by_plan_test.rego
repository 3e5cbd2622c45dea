package muster.control.protected_by_plan_test

import data.muster.control.protected_by_plan

facts := {
	"gap": false,
	"contract": {"valid": true, "enrolled": true, "possible": true},
	"operator": "",
	"intents": [],
	"plan": {"slots_apart": 86400, "runs": true},
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
	protected_by_plan.said.status == "fail" with input as object.union(object.remove(facts, ["plan"]), {"plan": {"runs": true}})
}

test_a_plan_that_nobody_runs_fails if {
	said := protected_by_plan.said with input as object.union(facts, {"plan": {"runs": false}})
	said.status == "fail"
	said.reason == "a plan, but nobody runs it: backups are off"
}

test_a_plan_that_another_tool_may_stand_for_is_not_known if {
	off := object.union(facts, {"plan": {"runs": false}})
	protected_by_plan.said.status == "not-evaluated" with input as object.union(off, {"intents": ["Velero"]})
	protected_by_plan.said.status == "not-evaluated" with input as object.union(off, {"operator": "Cluster"})
	protected_by_plan.said.status == "not-evaluated" with input as object.union(off, {"gap": true})
}

test_a_plan_of_which_nobody_knows_who_runs_it_is_no_pass if {
	protected_by_plan.said.status == "not-evaluated" with input as object.union(object.remove(facts, ["plan"]), {"plan": {"slots_apart": 86400}})
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

outside := object.union(facts, {"contract": {"enrolled": false}, "volume": {"kind": "Service", "outside": true}})

test_what_is_outside_is_not_known if {
	protected_by_plan.said.status == "not-evaluated" with input as outside
	protected_by_plan.said.status == "fail" with input as object.union(outside, {"contract": {"protect": false}})
}

test_what_its_claim_left_behind_fails if {
	left := object.union(outside, {"volume": {"kind": "PersistentVolume", "outside": false, "phase": "Released"}})
	said := protected_by_plan.said with input as left
	said.status == "fail"
	said.reason == "its claim is gone, and its data may still be there"
}

test_what_another_tool_plans_is_not_known if {
	protected_by_plan.said.status == "not-evaluated" with input as object.union(facts, {"contract": {"enrolled": false}, "intents": ["Velero"]})
}

test_whoever_made_points_has_a_plan_that_is_not_known if {
	made := object.union(facts, {"contract": {"enrolled": false}, "points": {"count": 2, "mine": 1}})
	protected_by_plan.said.status == "not-evaluated" with input as made
	protected_by_plan.said.status == "fail" with input as object.union(made, {"points": {"mine": 2}})
}

test_what_an_operator_plans_is_not_known if {
	protected_by_plan.said.status == "not-evaluated" with input as object.union(facts, {"contract": {"enrolled": false}, "operator": "Cluster"})
}

test_what_cannot_be_read_is_not_known if {
	protected_by_plan.said.status == "not-evaluated" with input as object.union(facts, {"contract": {"enrolled": false}, "gap": true})
}
