package muster.ruling_test

import data.muster.ruling

failed := ruling.fail("why", "what")

waived := {"contract": {"protect": false}, "waiver": {"expired": false, "approved": true}}

excluded := {"contract": {"excluded": true}, "engine": {"data_directory": false}}

test_a_waiver_waives_what_would_fail if {
	ruling.final("x", failed) == {"status": "waived", "reason": "why", "next_step": ""} with input as waived
	ruling.final("x", ruling.pass("good")) == ruling.pass("good") with input as waived
}

test_a_waiver_counts_while_it_holds_and_is_approved if {
	ruling.final("x", failed) == failed with input as object.union(waived, {"waiver": {"expired": true}})
	ruling.final("x", failed) == failed with input as object.union(waived, {"waiver": {"approved": false}})
	ruling.final("x", failed) == failed with input as object.union(waived, {"contract": {"protect": true}})
}

test_a_waiver_does_not_waive_its_own_end if {
	ruling.final("waiver_not_expired", failed) == failed with input as waived
}

test_what_is_excluded_is_not_judged if {
	ruling.final("x", failed).status == "not-applicable" with input as excluded
	ruling.final("x", failed) == failed with input as object.union(excluded, {"engine": {"data_directory": true}})
	ruling.final("waiver_not_expired", failed) == failed with input as excluded
}

test_that_there_is_no_point_is_known_only_where_all_was_read if {
	read := {"evidence": "read", "gap": false, "points": {"count": 0, "suspicious": 0}}
	ruling.no_points with input as read
	not ruling.no_points with input as object.union(read, {"evidence": "unread"})
	not ruling.no_points with input as object.union(read, {"gap": true})
	not ruling.no_points with input as object.union(read, {"points": {"suspicious": 1}})
	not ruling.no_points with input as object.union(read, {"volume": {"outside": true}})
	not ruling.no_points with input as {}
}

test_why_nothing_is_known_of_points if {
	not ruling.unread with input as {"evidence": "read", "points": {"count": 0}, "volume": {"outside": false}}
	ruling.unread.reason == "nothing is deployed yet" with input as {"evidence": "ahead"}
	ruling.unread.reason == "the recovery points were not read" with input as {"evidence": "unread"}
	outside := {"evidence": "read", "points": {"count": 0}, "volume": {"outside": true}}
	startswith(ruling.unread.reason, "the data is outside") with input as outside
	not ruling.unread with input as object.union(outside, {"points": {"count": 1}})
}

test_what_nobody_has_claimed_is_not_judged if {
	free := {"volume": {"kind": "PersistentVolume", "phase": "Available"}, "points": {"count": 0}}
	ruling.final("x", failed).status == "not-applicable" with input as free
	ruling.final("x", failed) == failed with input as object.union(free, {"points": {"count": 1}})
	ruling.final("x", failed) == failed with input as object.union(free, {"volume": {"phase": "Released"}})
}
