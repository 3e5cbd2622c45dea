# METADATA
# title: A copy goes to another account
# description: |
#   The plan makes a copy of every recovery point in a store of another account.
# custom:
#   severity: warning
#   controls: [copy-in-another-account]
#   after: Cross-account backup copy is scheduled
#   parameters: []
#   evidence: |
#     Copies that Muster made and read back, by the accounts of their stores.
#   unevaluated: |
#     Always, for now: Muster makes no copies, and does not know whose account a store is.
package muster.control.copy_in_another_account

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "Muster makes no copies yet, and does not know whose account a store is",
	"next_step": "look at the replication of the bucket",
}

said := ruling.pass("a copy goes to another account") if {
	input.copies.other_account == true
} else := ruling.fail("no copy goes to another account", "name a store of another account in muster.dev/stores") if {
	input.copies.other_account == false
}
