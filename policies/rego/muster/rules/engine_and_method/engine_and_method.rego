# METADATA
# title: Engine and method
# description: A recognised engine with a profile is named, and dumped unless a plan says otherwise.
# custom:
#   severity: info
#   controls: [backup-method]
package muster.rules.engine_and_method

import data.muster.recognition

set contains {"key": "muster.dev/engine", "value": recognition.engine, "rule": "engine"} if {
	applies
	recognition.confidence == "high"
	not input.said["muster.dev/engine"]
}

set contains {"key": "muster.dev/method", "value": "dump", "rule": "method"} if {
	applies
	input.kind == "StatefulSet"
	recognition.sure != ""
	input.contract.method == "auto"
	not input.said["muster.dev/method"]
}

applies if {
	input.kind in {"StatefulSet", "Pod"}
	input.contract.protect != false
	recognition.engine in {p | some p in input.profiles}
	some volume in input.volumes
	volume.source in {"claim-template", "claim", "ephemeral"}
}
