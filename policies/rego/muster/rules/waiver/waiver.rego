# METADATA
# title: Waivers
# description: A waiver counts until its day, and only as far as the configuration approves it.
# custom:
#   severity: warning
#   controls: [backup-waiver]
package muster.rules.waiver

warn contains finding if some finding in findings

deny contains finding if {
	input.level == "enforce"
	input.kind == "StatefulSet"
	some finding in findings
}

findings contains {"rule": "waiver-expired", "message": message} if {
	opted_out
	input.waiver.days_left < 0
	message := "the waiver has expired: renew muster.dev/waiver-until or remove muster.dev/protect"
}

findings contains {"rule": "waiver-unapproved", "message": message} if {
	opted_out
	input.waiver.days_left >= 0
	not input.waiver.approved
	message := "the configuration does not approve this waiver: it shows as waived by its owner only"
}

opted_out if {
	input.contract.protect == false
	input.waiver != null
}
