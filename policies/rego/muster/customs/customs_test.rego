package muster.customs_test

import data.muster.admission

gold := {"key": "muster.dev/plan", "value": "gold", "rule": "tier"}

said := {"rule": "tier", "message": "tell the tier"}

input_of_a_database := {
	"stage": "mutate",
	"level": "warn",
	"operation": "CREATE",
	"kind": "StatefulSet",
	"default_plan": "standard",
	"said": {},
	"problems": [],
	"contract": {"protect": null, "plan": "", "method": "auto", "engine": "auto", "hooks": "profile", "consistency": "application", "exclude_volumes": []},
	"waiver": null,
	"profiles": ["postgresql"],
	"labels": {},
	"containers": [{"name": "db", "image": "postgres", "ports": [], "environment": [], "mounts": []}],
	"volumes": [{"name": "data", "source": "claim-template"}],
}

plans := [each.value | some each in admission.set; each.key == "muster.dev/plan"]

test_without_any_the_default_plan_is_set if {
	plans == ["standard"] with input as input_of_a_database
}

test_their_value_of_a_key_replaces_ours if {
	plans == ["gold"] with input as input_of_a_database with data.custom as {"tier": {"set": {gold}}}
}

test_their_words_are_added if {
	said in admission.warn with input as input_of_a_database with data.custom as {"tier": {"warn": {said}}}
	said in admission.deny with input as input_of_a_database with data.custom as {"tier": {"deny": {said}}}
}
