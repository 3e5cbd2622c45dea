# METADATA
# title: Nobody can delete recovery points by hand
# description: |
#   The store refuses to delete recovery points to everybody but those who are meant to.
# custom:
#   severity: error
#   controls: [points-cannot-be-deleted-by-hand]
#   after: Vaults prevent manual deletion of recovery points
#   parameters: []
#   evidence: |
#     What the store says of its rights to delete.
#   unevaluated: |
#     Always, for now: nothing asks the store who may delete.
package muster.control.points_cannot_be_deleted_by_hand

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "nothing asks the store who may delete its objects",
	"next_step": "look at the policy of the bucket and its versions",
}

said := ruling.pass("the store refuses to delete recovery points by hand") if {
	input.store.deletion_refused == true
} else := ruling.fail("recovery points can be deleted by hand", "take the right to delete from all but the mover of expired points") if {
	input.store.deletion_refused == false
} else := ruling.inapplicable("there is no recovery point") if {
	ruling.no_points
}
