# METADATA
# title: A plan protects the volume
# description: |
#   Somebody asked for protection, by a plan that has slots and a method that can capture the volume, and the
#   configuration has somebody run it.
# custom:
#   severity: error
#   controls: [protected-by-plan]
#   after: Backup resources are protected by a backup plan
#   parameters: []
#   evidence: |
#     The effective contract; `backups`, the first of `stores`, and `signing.key-file`.
#   unevaluated: |
#     Another tool or an operator looks after the volume: what it plans is not read. Or the configuration that was read
#     has no store or no key to sign with, as for manifests without `--config`.
package muster.control.protected_by_plan

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "the contract was not read",
	"next_step": "the log names what is missing",
}

said := ruling.fail("the contract has values that were refused", "correct the values that muster audit names") if {
	input.contract.valid == false
} else := ruling.pass("its plan has slots, a method, and somebody who runs it") if {
	input.contract.enrolled
	input.contract.possible
	input.plan.slots_apart > 0
	input.plan.runs
} else := ruling.fail("its plan has no slot that ever comes", "correct muster.dev/schedule and muster.dev/window") if {
	input.contract.enrolled
	input.contract.possible
	not input.plan.slots_apart
} else := ruling.unevaluated("another tool looks after the volume, and its plans are not read", "look at the schedule of that tool") if {
	tools
} else := ruling.unevaluated("the data is outside of the cluster, where nothing here tells of its backups", "see that its provider makes backups, and waive it with a waiver that says so") if {
	input.volume.outside
	not input.contract.protect == false
} else := ruling.fail("opted out", "remove muster.dev/protect, or add muster.dev/waiver-owner, waiver-reason and waiver-until and have them approved") if {
	input.contract.protect == false
} else := ruling.fail("a plan, but no method can capture the volume", "name the engine with muster.dev/engine, or have another tool make its backups") if {
	input.contract.enrolled
	input.contract.possible == false
} else := ruling.unevaluated("its operator looks after it, and its plans are not read", "look at the schedule of the operator") if {
	input.operator != ""
} else := ruling.unevaluated("another tool's objects cannot be read", "grant list on the resources that muster audit names") if {
	input.gap
} else := ruling.fail("a plan, but nobody runs it: backups are off", "set backups: true in muster.yaml, or have another tool make its backups") if {
	input.contract.enrolled
	input.plan.runs == false
} else := ruling.unevaluated("a plan, but the configuration has no store or no key to run it with", "name stores and signing.key-file in muster.yaml, or the muster.yaml that has them with --config") if {
	input.contract.enrolled
	input.contract.possible
} else := ruling.fail("its claim is gone, and its data may still be there", "claim it again, or delete it once nobody needs its data") if {
	input.volume.kind == "PersistentVolume"
} else := ruling.fail("nobody asked for protection", "set muster.dev/protect: \"true\" on the workload or its namespace") if {
	input.contract.enrolled == false
}

tools if count(input.intents) > 0

tools if input.points.count > input.points.mine
