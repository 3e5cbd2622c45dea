package muster.controls_test

import data.muster.controls

ids := [
	"air-gapped-copy",
	"captured-equals-expected",
	"copy-in-another-account",
	"copy-in-another-region",
	"drill-passed-within",
	"hooks-consistent",
	"newest-point-within",
	"plan-frequency-and-retention",
	"point-retention",
	"points-cannot-be-deleted-by-hand",
	"points-encrypted",
	"protected-by-plan",
	"restore-time-within",
	"runbook-reviewed",
	"store-locked",
	"waiver-not-expired",
]

test_every_control_answers_about_nothing_and_evaluates_none if {
	said := controls.results with input as {}
	[result.id | some result in said] == ids
	{result.status | some result in said} == {"not-evaluated"}
	every result in said {
		result.reason != ""
		result.next_step != ""
	}
}

test_an_answer_is_whole if {
	said := controls.results with input as {"contract": {"valid": false}}
	{"id": "protected-by-plan", "status": "fail", "reason": "the contract has values that were refused", "next_step": "correct the values that muster audit names"} in said
}
