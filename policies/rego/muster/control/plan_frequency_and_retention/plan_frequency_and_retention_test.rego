package muster.control.plan_frequency_and_retention_test

import data.muster.control.plan_frequency_and_retention

facts := {
	"gap": false,
	"contract": {"enrolled": true},
	"operator": "",
	"intents": [],
	"plan": {"slots_apart": 86400, "retention": 3110400},
	"parameters": {"frequency": 86400, "retention": 3024000},
}

weekly := object.union(facts, {"plan": {"slots_apart": 604800}})

short := object.union(facts, {"plan": {"retention": 604800}})

test_missing_facts_are_no_pass if {
	plan_frequency_and_retention.said.status == "not-evaluated" with input as {}
}

test_as_demanded_passes if {
	plan_frequency_and_retention.said.status == "pass" with input as facts
}

test_no_slot_fails if {
	plan_frequency_and_retention.said.status == "fail" with input as object.union(object.remove(facts, ["plan"]), {"plan": {"retention": 3110400}})
}

test_no_retention_fails if {
	plan_frequency_and_retention.said.status == "fail" with input as object.union(object.remove(facts, ["plan"]), {"plan": {"slots_apart": 86400}})
}

test_the_plan_of_another_tool_is_not_known if {
	plan_frequency_and_retention.said.status == "not-evaluated" with input as object.union(facts, {"contract": {"enrolled": false}, "intents": ["Velero"]})
}

test_without_a_plan_there_is_nothing_to_judge if {
	plan_frequency_and_retention.said.status == "not-applicable" with input as object.union(facts, {"contract": {"enrolled": false}})
}

test_what_is_wrong_is_told if {
	plan_frequency_and_retention.said == {
		"status": "fail",
		"reason": "up to 7d lie between two slots, and 1d are demanded",
		"next_step": "choose a plan that runs more often, or set muster.dev/schedule",
	} with input as weekly
	plan_frequency_and_retention.said == {
		"status": "fail",
		"reason": "its retention reaches back 7d, and 35d are demanded",
		"next_step": "choose a plan that keeps longer, or set muster.dev/retention",
	} with input as short
}
