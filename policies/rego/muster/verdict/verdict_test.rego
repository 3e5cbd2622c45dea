package muster.verdict_test

import data.muster.verdict

test_missing_facts_match_no_case if {
	not verdict.case with input as {}
	not verdict.case with input as {"readable": true}
	not verdict.case with input as {"readable": true, "contract": {"valid": true, "protect": true}, "points": {"count": 1}}
}

test_every_reason_has_its_words if {
	object.keys(verdict.messages) == object.keys(verdict.steps)
}
