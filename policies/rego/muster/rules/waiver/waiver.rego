# METADATA
# title: Waivers
# description: A waiver counts until its day, and only as far as the configuration approves it.
# custom:
#   severity: warning
#   controls: [backup-waiver]
package muster.rules.waiver

warn contains finding if some finding in findings

deny contains object.union(finding, {"keys": keys}) if {
	input.level == "enforce"
	input.kind == "StatefulSet"
	some finding in findings
}

keys := ["muster.dev/protect", "muster.dev/waiver-owner", "muster.dev/waiver-reason", "muster.dev/waiver-until"]

findings contains {"rule": "waiver-expired", "message": message} if {
	opted_out
	input.waiver.days_left < 0
	message := "the waiver has expired: renew muster.dev/waiver-until or remove muster.dev/protect"
}

findings contains {"rule": "waiver-unapproved", "message": message} if {
	opted_out
	input.waiver.days_left >= 0
	not input.waiver.approved
	message := "no approval of this waiver: add it to waivers.approved in muster.yaml or remove muster.dev/protect"
}

opted_out if {
	input.contract.protect == false
	input.waiver != null
}
