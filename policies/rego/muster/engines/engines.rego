# METADATA
# title: Hooks of engines
# description: What may be said to Velero about an engine.
package muster.engines

# A hook is listed only if a test with a writer shows that a restore of what was captured behind it
# comes up with every committed row; it ends by itself within 30 s and holds no secret.
hooks := {"postgresql": {
	"name": "checkpoint",
	"command": `["/bin/sh","-c","psql -qAtX -U \"${POSTGRES_USER:-postgres}\" -d postgres -c CHECKPOINT"]`,
	"timeout": "30s",
}}
