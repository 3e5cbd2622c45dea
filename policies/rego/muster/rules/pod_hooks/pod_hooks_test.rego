package muster.rules.pod_hooks_test

import data.muster.rules.pod_hooks

asked := {
	"kind": "Pod",
	"velero_hooks": false,
	"hooks": {"postgresql": {"name": "checkpoint", "post": false}, "mariadb": {"name": "stage", "post": true}},
	"contract": {"protect": null, "engine": "auto", "hooks": "profile"},
	"containers": [{"name": "db", "image": "postgres", "ports": [], "environment": [], "mounts": []}],
	"volumes": [{"name": "data", "source": "claim"}],
}

answered(changes) := found if {
	found := pod_hooks.set with input as object.union(asked, changes)
}

hooked := {{"key": "muster.dev/hooks", "value": "checkpoint", "rule": "hooks"}}

test_a_pod_gets_the_engines_hook if answered({}) == hooked

test_velero_gets_its_own_keys if {
	found := answered({"velero_hooks": true})
	{s.key: s.value | some s in found} == {
		"muster.dev/hooks": "checkpoint",
		"pre.hook.backup.velero.io/container": "db",
		"pre.hook.backup.velero.io/on-error": "Fail",
		"pre.hook.backup.velero.io/timeout": "30s",
	}
	{s.key: s.command | some s in found} == {"pre.hook.backup.velero.io/command": "pre"}
}

test_what_a_hook_begins_velero_ends if {
	found := answered({
		"velero_hooks": true,
		"containers": [{"name": "db", "image": "mariadb", "ports": [], "environment": [], "mounts": []}],
	})
	{s.key: s.command | some s in found} == {
		"pre.hook.backup.velero.io/command": "pre",
		"post.hook.backup.velero.io/command": "post",
	}
	count(found) == 9
}

test_a_hook_may_be_asked_for_by_name if {
	answered({"contract": {"hooks": "checkpoint"}}) == hooked
	answered({"contract": {"hooks": "stage"}}) == set()
}

test_an_image_may_be_excepted if {
	answered({"hooks": {"postgresql": {"except_images": ["citus", "gres"]}}}) == set()
	answered({"hooks": {"postgresql": {"except_images": ["citus"]}}}) == hooked
}

test_off_is_off if answered({"contract": {"hooks": "off"}}) == set()

test_no_claim_no_hook if answered({"volumes": []}) == set()

test_no_promise_no_hook if answered({"hooks": {"postgresql": null}}) == set()
