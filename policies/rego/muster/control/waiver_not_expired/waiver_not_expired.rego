# METADATA
# title: The waiver has not expired
# description: |
#   Who accepts that a volume is not protected says until when; afterwards it is a finding.
# custom:
#   severity: error
#   controls: [waiver-not-expired]
#   after: (of Muster)
#   parameters: []
#   evidence: |
#     The effective contract.
#   unevaluated: |
#     The contract was not read.
package muster.control.waiver_not_expired

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "the contract was not read",
	"next_step": "the log names what is missing",
}

said := ruling.pass("its waiver holds") if {
	input.waiver.expired == false
} else := ruling.fail("its waiver has expired", "renew muster.dev/waiver-until, or remove muster.dev/protect") if {
	input.waiver.expired
} else := ruling.inapplicable("it has no waiver") if {
	is_object(input.contract)
	object.get(input, "waiver", null) == null
}
