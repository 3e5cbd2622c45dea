# METADATA
# title: Recognition
# description: |
#   Which engine a Pod runs, how sure that is, and why. An image's name is sure; so are two other
#   signals together. One other signal alone may be a client: it is unsure.
package muster.recognition

import data.muster.signals as table

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
	all := signals(c)
	some name in {s.engine | some s in all}
	mine := [s | some s in all; s.engine == name]
	total := sum([s.score | some s in mine])
	candidate := {
		"engine": name,
		"container": c.name,
		"score": total,
		"confidence": certainty(total),
		"reason": concat(", ", [s.text | some s in mine]),
	}
}

# In the order in which they convince; a whole image name counts for more than all the rest.
signals(c) := array.concat(image(c), rest(c)) if not beside(c)

signals(c) := [] if beside(c)

rest(c) := array.concat(
	[s | some s in kind("environment", c.environment, table.environment, 2); not s.engine in clients(c)],
	array.concat(
		kind("port", [format_int(port, 10) | some port in c.ports], table.ports, 1),
		kind("mount", c.mounts, table.mounts, 2),
	),
)

# Something beside an engine, such as postgres-exporter.
beside(c) if {
	not table.images[c.image]
	some word in split(c.image, "-")
	table.others[word]
}

clients(c) := {table.clients[name] | some name in c.environment}

image(c) := [{"engine": table.images[c.image], "score": 10, "text": concat(" ", ["image", c.image])}] if {
	table.images[c.image]
}

# A longer name contains one, such as acme-postgres-15.
image(c) := [{"engine": engine, "score": 2, "text": concat(" ", ["image", c.image])} |
	some engine in {table.images[word] | some word in split(c.image, "-")}
] if {
	not table.images[c.image]
}

# The first of each engine: a second port says no more than the first.
kind(what, found, known, score) := [{"engine": engine, "score": score, "text": concat(" ", [what, first])} |
	some engine in {e | some f in found; some e in known[f]}
	first := min({f | some f in found; engine in known[f]})
]

certainty(score) := "high" if score >= 3

certainty(score) := "low" if score < 3

# Who holds the data of the engine: the container that shows it best, the first of those alike. The
# only one there is may show nothing, and still is it.
default holder := ""

holder := holders[0] if count(input.containers) > 1

holder := input.containers[0].name if count(input.containers) == 1

shows := [c | some c in candidates; c.engine == engine]

holders := [each.name |
	some each in input.containers
	some c in shows
	c.container == each.name
	c.score == max([s.score | some s in shows])
]
