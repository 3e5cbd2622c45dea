# METADATA
# title: Opt-out without a waiver
# description: Whoever opts out says who accepts the risk, why, and until when.
# custom:
#   severity: error
#   controls: [backup-waiver]
package muster.rules.opt_out

import data.muster.rules.waiver

warn contains {"rule": "opt-out", "message": message} if applies

deny contains {"rule": "opt-out", "message": message, "keys": waiver.keys} if {
	input.level == "enforce"
	input.kind == "StatefulSet"
	applies
}

message := "opted out: add muster.dev/waiver-owner, waiver-reason, waiver-until or it is reported as unprotected"

applies if {
	input.contract.protect == false
	input.waiver == null
}
