# METADATA
# title: Hooks on Pods
# description: |
#   A Pod of a recognised engine gets the engine's hook, and Velero's annotations for it where the
#   configuration asks for them, so that existing Velero schedules run it too.
# custom:
#   severity: info
#   controls: [backup-consistency]
package muster.rules.pod_hooks

import data.muster.engines
import data.muster.recognition

set contains {"key": "muster.dev/hooks", "value": hook.name, "rule": "hooks"} if hook

set contains {"key": key, "value": value, "rule": "velero-hooks"} if {
	input.velero_hooks
	recognition.container != ""
	some key, value in {
		"pre.hook.backup.velero.io/container": recognition.container,
		"pre.hook.backup.velero.io/command": hook.command,
		"pre.hook.backup.velero.io/timeout": hook.timeout,
		"pre.hook.backup.velero.io/on-error": "Fail",
	}
}

hook := engines.hooks[recognition.sure] if {
	input.kind == "Pod"
	input.contract.protect != false
	input.contract.hooks == "profile"
	some volume in input.volumes
	volume.source in {"claim", "ephemeral"}
}
