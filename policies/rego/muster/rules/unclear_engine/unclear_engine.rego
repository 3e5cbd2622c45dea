# METADATA
# title: Unclear engine
# description: What only looks like an engine is not acted on; its owner is asked to say so.
# custom:
#   severity: warning
#   controls: [backup-method]
package muster.rules.unclear_engine

import data.muster.recognition

warn contains {"rule": "unclear-engine", "message": message} if {
	applies
	recognition.confidence == "low"
	message := concat("", [
		"looks like ", recognition.engine, " (", recognition.reason,
		"): set muster.dev/engine to a profile or none",
	])
}

warn contains {"rule": "no-profile", "message": message} if {
	applies
	recognition.sure != ""
	not recognition.sure in {p | some p in input.profiles}
	input.contract.method in {"auto", "dump"}
	message := concat("", [recognition.sure, " has no profile for dumps: set muster.dev/method"])
}

applies if {
	input.kind == "StatefulSet"
	input.contract.protect != false
}
