package muster.admission_test

import data.muster.admission

test_nothing_is_said_about_nothing if {
	admission == {
		"engine": "",
		"recognised": {"engine": "", "container": "", "confidence": "none", "reason": "nothing looks like a known engine"},
		"set": [],
		"warn": [],
		"deny": [],
	} with input as {}
}
