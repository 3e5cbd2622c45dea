# METADATA
# title: The plan is frequent and keeps long enough
# description: |
#   Between two slots of the plan lies at most `frequency`, and its retention reaches back at least `retention`.
#   Counted as days, weeks of 7, months of 30 and years of 365 days; of `last=` nothing is said of time.
# custom:
#   severity: warning
#   controls: [plan-frequency-and-retention]
#   after: Backup plan minimum frequency and minimum retention
#   parameters: [frequency, retention]
#   evidence: |
#     The schedule, window and retention of the effective contract.
#   unevaluated: |
#     Muster has no plan for the volume, and another tool or an operator may have one.
package muster.control.plan_frequency_and_retention

import data.muster.ruling
import data.muster.span

default said := {
	"status": "not-evaluated",
	"reason": "the plan was not read",
	"next_step": "the log names what is missing",
}

said := ruling.fail("its plan has no slot that ever comes", "correct muster.dev/schedule and muster.dev/window") if {
	input.contract.enrolled
	not input.plan.slots_apart
} else := ruling.fail(slow, "choose a plan that runs more often, or set muster.dev/schedule") if {
	input.contract.enrolled
	input.plan.slots_apart > input.parameters.frequency
} else := ruling.fail("its contract has no valid retention", "correct muster.dev/retention") if {
	input.contract.enrolled
	not input.plan.retention
} else := ruling.fail(short, "choose a plan that keeps longer, or set muster.dev/retention") if {
	input.contract.enrolled
	input.plan.retention < input.parameters.retention
} else := ruling.pass("its plan is as frequent and keeps as long as demanded") if {
	input.contract.enrolled
	input.plan.slots_apart <= input.parameters.frequency
	input.plan.retention >= input.parameters.retention
} else := ruling.unevaluated("another tool or an operator looks after the volume, and its plans are not read", "look at the schedule of that tool") if {
	ruling.others
} else := ruling.inapplicable("there is no plan to judge: protected-by-plan tells") if {
	input.contract.enrolled == false
	input.gap == false
}

slow := concat("", ["up to ", span.text(input.plan.slots_apart), " lie between two slots, and ", span.text(input.parameters.frequency), " are demanded"])

short := concat("", ["its retention reaches back ", span.text(input.plan.retention), ", and ", span.text(input.parameters.retention), " are demanded"])
