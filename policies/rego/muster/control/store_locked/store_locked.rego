# METADATA
# title: The store is locked
# description: |
#   The store keeps every object for a time that nobody can shorten.
# custom:
#   severity: error
#   controls: [store-locked]
#   after: Backups are protected by AWS Backup Vault Lock
#   parameters: []
#   evidence: |
#     The store's lock of objects and its mode.
#   unevaluated: |
#     Always, for now: nothing reads the lock of a bucket.
package muster.control.store_locked

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "nothing reads the lock of the bucket",
	"next_step": "look at the object lock of the bucket",
}

said := ruling.pass("the store is locked") if {
	input.store.locked == true
} else := ruling.fail("the store is not locked", "turn on the object lock of the bucket, in compliance mode") if {
	input.store.locked == false
} else := ruling.inapplicable("there is no recovery point") if {
	ruling.no_points
}
