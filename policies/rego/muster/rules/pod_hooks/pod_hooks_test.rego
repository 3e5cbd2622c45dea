package muster.rules.pod_hooks_test

import data.muster.engines
import data.muster.rules.pod_hooks

asked := {
	"kind": "Pod",
	"velero_hooks": false,
	"contract": {"protect": null, "engine": "auto", "hooks": "profile"},
	"containers": [{"name": "db", "image": "postgres", "ports": [], "environment": [], "mounts": []}],
	"volumes": [{"name": "data", "source": "claim"}],
}

test_a_pod_gets_the_engines_hook if {
	pod_hooks.set == {{"key": "muster.dev/hooks", "value": "checkpoint", "rule": "hooks"}} with input as asked
}

test_velero_gets_its_own_keys if {
	found := pod_hooks.set with input as object.union(asked, {"velero_hooks": true})
	{s.key: s.value | some s in found} == {
		"muster.dev/hooks": "checkpoint",
		"pre.hook.backup.velero.io/command": engines.hooks.postgresql.command,
		"pre.hook.backup.velero.io/container": "db",
		"pre.hook.backup.velero.io/on-error": "Fail",
		"pre.hook.backup.velero.io/timeout": "30s",
	}
}

test_off_is_off if {
	pod_hooks.set == set() with input as object.union(asked, {"contract": {"hooks": "off"}})
}

test_no_claim_no_hook if {
	pod_hooks.set == set() with input as object.union(asked, {"volumes": []})
}

# Whoever lists Pods reads these annotations.
test_no_hook_holds_a_secret if {
	every _, hook in engines.hooks {
		not contains(lower(hook.command), "password")
	}
}
