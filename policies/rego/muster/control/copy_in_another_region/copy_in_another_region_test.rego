package muster.control.copy_in_another_region_test

import data.muster.control.copy_in_another_region

test_missing_facts_are_no_pass if {
	copy_in_another_region.said.status == "not-evaluated" with input as {}
}

test_it_passes if {
	copy_in_another_region.said.status == "pass" with input as {"copies": {"other_region": true}}
}

test_it_fails if {
	copy_in_another_region.said.status == "fail" with input as {"copies": {"other_region": false}}
}

test_it_is_not_known_without_evidence if {
	copy_in_another_region.said.status == "not-evaluated" with input as {"evidence": "read", "gap": false, "points": {"count": 3, "suspicious": 0}}
}
