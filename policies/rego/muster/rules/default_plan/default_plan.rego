# METADATA
# title: Default plan
# description: A workload with volumes that nobody gave a plan gets the default one.
# custom:
#   severity: info
#   controls: [backup-plan]
package muster.rules.default_plan

set contains {"key": "muster.dev/plan", "value": input.default_plan, "rule": "default-plan"} if {
	input.kind == "StatefulSet"
	input.contract.protect != false
	some volume in input.volumes
	volume.source in {"claim-template", "claim", "ephemeral"}
	not input.said["muster.dev/plan"]
}
