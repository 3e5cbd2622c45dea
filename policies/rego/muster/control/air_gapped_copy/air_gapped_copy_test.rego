package muster.control.air_gapped_copy_test

import data.muster.control.air_gapped_copy

test_missing_facts_are_no_pass if {
	air_gapped_copy.said.status == "not-evaluated" with input as {}
}

test_it_passes if {
	air_gapped_copy.said.status == "pass" with input as {"copies": {"out_of_reach": true}}
}

test_it_fails if {
	air_gapped_copy.said.status == "fail" with input as {"copies": {"out_of_reach": false}}
}

test_it_is_not_known_without_evidence if {
	air_gapped_copy.said.status == "not-evaluated" with input as {"evidence": "read", "gap": false, "points": {"count": 3, "suspicious": 0}}
}
