package muster.audit_test

import data.muster.audit

test_success_is_no_default if {
	audit == {
		"verdict": "Unknown",
		"reason": "no-facts",
		"message": "the facts about this volume are not complete",
		"next_step": "the log names what is missing",
	} with input as {}
}
