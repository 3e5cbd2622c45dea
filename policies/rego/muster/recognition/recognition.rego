# METADATA
# title: Recognition
# description: |
#   Which engine a Pod runs, how sure that is, and why. An image's name is sure; so are two other
#   signals together. One other signal alone may be a client: it is unsure.
package muster.recognition

import data.muster.engines

default engine := ""

default confidence := "none"

default reason := "nothing looks like a known engine"

default container := ""

engine := input.contract.engine if said

engine := best.engine if not said

confidence := "said" if said

confidence := best.confidence if not said

reason := "the workload says so" if said

reason := best.reason if not said

reason := "two engines look equally likely" if {
	not said
	not best
	count(candidates) > 1
	input.contract.engine != "none"
}

container := best.container if best.engine == engine

# The engine if it is safe to act on.
default sure := ""

sure := engine if confidence in {"said", "high"}

said if not input.contract.engine in {"auto", "none"}

best := winner if {
	input.contract.engine != "none"
	scores := {c.score | some c in candidates}
	top := max(scores)
	winners := [c | some c in candidates; c.score == top]
	count({c.engine | some c in winners}) == 1
	winner := winners[0]
}

candidates contains candidate if {
	some c in input.containers
	some name, known in engines.known
	signals := [s | some s in found(c, known)]
	count(signals) > 0
	total := sum([s.score | some s in signals])
	candidate := {
		"engine": name,
		"container": c.name,
		"score": total,
		"confidence": certainty(total),
		"reason": concat(", ", [s.text | some s in signals]),
	}
}

# In the order in which they convince; an image counts for more than all the rest.
found(c, known) := array.concat(
	array.concat(
		[{"score": 10, "text": concat(" ", ["image", c.image])} | c.image in known.images],
		[{"score": 2, "text": concat(" ", ["environment", name])} |
			name := min(known.environment & {e | some e in c.environment})
		],
	),
	array.concat(
		[{"score": 1, "text": concat(" ", ["port", format_int(port, 10)])} |
			port := min(known.ports & {p | some p in c.ports})
		],
		[{"score": 2, "text": concat(" ", ["mount", path])} |
			path := min(known.mounts & {m | some m in c.mounts})
		],
	),
)

certainty(score) := "high" if score >= 3

certainty(score) := "low" if score < 3
