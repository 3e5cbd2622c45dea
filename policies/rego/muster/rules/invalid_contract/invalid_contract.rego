# METADATA
# title: Invalid contract
# description: A value that was refused has no meaning; at the level enforce the workload is denied.
# custom:
#   severity: error
#   controls: [backup-contract]
package muster.rules.invalid_contract

warn contains {"rule": "invalid-contract", "message": message(problem)} if some problem in input.problems

deny contains {"rule": "invalid-contract", "message": message(problem), "keys": [problem.key]} if {
	input.level == "enforce"
	input.kind == "StatefulSet"
	some problem in input.problems
}

message(problem) := concat("", [problem.key, ": ", problem.message, "; allowed: ", problem.allowed])
