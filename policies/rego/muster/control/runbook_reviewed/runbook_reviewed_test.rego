package muster.control.runbook_reviewed_test

import data.muster.control.runbook_reviewed

test_missing_facts_are_no_pass if {
	runbook_reviewed.said.status == "not-evaluated" with input as {}
}

test_it_passes if {
	runbook_reviewed.said.status == "pass" with input as {"runbook": {"reviewed": true}}
}

test_it_fails if {
	runbook_reviewed.said.status == "fail" with input as {"runbook": {"reviewed": false}}
}

test_it_is_not_known_without_evidence if {
	runbook_reviewed.said.status == "not-evaluated" with input as {"evidence": "read", "gap": false, "points": {"count": 3, "suspicious": 0}}
}
