# METADATA
# title: Hooks on Pods
# description: |
#   A Pod of a recognised engine gets the hook of the engine's profile, and Velero's annotations for it
#   where the configuration asks for them, so that existing Velero schedules run it too.
# custom:
#   severity: info
#   controls: [backup-consistency]
package muster.rules.pod_hooks

import data.muster.recognition

set contains {"key": "muster.dev/hooks", "value": hook.name, "rule": "hooks"} if hook

# The command itself is the profile's: Java writes it.
set contains {"key": key(when, "command"), "command": when, "rule": "velero-hooks"} if some when in velero

set contains {"key": key(when, field), "value": value, "rule": "velero-hooks"} if {
	some when in velero
	some field, value in {"container": recognition.container, "timeout": "30s", "on-error": "Fail"}
}

key(when, field) := concat("", [when, ".hook.backup.velero.io/", field])

velero contains "pre" if velero_runs_it

velero contains "post" if {
	velero_runs_it
	hook.post
}

velero_runs_it if {
	input.velero_hooks
	recognition.container != ""
	hook
}

hook := named if {
	input.kind == "Pod"
	input.contract.protect != false
	named := input.hooks[recognition.sure]
	wanted(named.name)
	not excepted
	some volume in input.volumes
	volume.source in {"claim", "ephemeral"}
}

# An image that only counts as this engine, as valkey does as redis.
excepted if {
	some c in input.containers
	c.name == recognition.container
	some word in input.hooks[recognition.sure].except_images
	contains(c.image, word)
}

wanted(_) if input.contract.hooks == "profile"

wanted(name) if input.contract.hooks == name
