package muster.control.waiver_not_expired_test

import data.muster.control.waiver_not_expired

test_missing_facts_are_no_pass if {
	waiver_not_expired.said.status == "not-evaluated" with input as {}
}

test_one_that_holds_passes if {
	waiver_not_expired.said.status == "pass" with input as {"contract": {}, "waiver": {"expired": false, "approved": false}}
}

test_an_expired_one_fails if {
	waiver_not_expired.said.status == "fail" with input as {"contract": {}, "waiver": {"expired": true, "approved": true}}
}

test_without_one_there_is_nothing_to_judge if {
	waiver_not_expired.said.status == "not-applicable" with input as {"contract": {}}
}
