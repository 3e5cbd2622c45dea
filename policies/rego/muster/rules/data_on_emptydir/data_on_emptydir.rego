# METADATA
# title: Data on an emptyDir
# description: An engine without any claim loses its data with its Pod, and no backup of a claim helps.
# custom:
#   severity: warning
#   controls: [persistent-data]
package muster.rules.data_on_emptydir

import data.muster.recognition

warn contains {"rule": "data-not-persistent", "message": message} if {
	input.kind == "StatefulSet"
	recognition.sure != ""
	count([v | some v in input.volumes; v.source in {"claim-template", "claim", "ephemeral"}]) == 0
	message := concat("", [recognition.sure, " has no claim: its data is lost with the Pod"])
}
