# METADATA
# title: Verdict
# description: |
#   The cases in their order, the first that matches wins. Missing facts match none of them.
# custom:
#   severity: error
#   controls: [coverage]
package muster.verdict

case := {"verdict": "Unknown", "reason": "unreadable"} if {
	input.readable != true
} else := {"verdict": "Waived", "reason": "waived"} if {
	input.contract.protect == false
	input.waiver.days_left >= 0
	input.waiver.approved
} else := {"verdict": "Waived", "reason": "waived-self"} if {
	input.contract.protect == false
	input.waiver.days_left >= 0
} else := {"verdict": "Excluded", "reason": "excluded"} if {
	input.contract.excluded
	input.engine.data_directory == false
} else := {"verdict": "Unprotected", "reason": "data-excluded"} if {
	input.contract.excluded
} else := {"verdict": "Unprotected", "reason": "invalid-contract"} if {
	input.contract.valid == false
} else := {"verdict": "Unprotected", "reason": "waiver-expired"} if {
	input.contract.protect == false
	input.waiver != null
} else := {"verdict": "Unprotected", "reason": "opted-out"} if {
	input.contract.protect == false
} else := {"verdict": "Unprotected", "reason": "left-behind"} if {
	input.points.count == 0
	input.volume.kind == "PersistentVolume"
	not input.volume.phase in {"Available", ""}
} else := {"verdict": "Excluded", "reason": "never-claimed"} if {
	input.points.count == 0
	input.volume.kind == "PersistentVolume"
} else := {"verdict": "Unprotected", "reason": "not-a-claim"} if {
	input.points.count == 0
	input.volume.outside == false
	not input.volume.kind in {"PersistentVolumeClaim", "template", "ephemeral"}
} else := {"verdict": "Unprotected", "reason": "only-suspicious"} if {
	input.points.count == 0
	input.points.suspicious > 0
} else := {"verdict": "Unknown", "reason": "outside"} if {
	input.points.count == 0
	input.volume.outside
	count(input.intents) == 0
	not provider_told
} else := {"verdict": "Unknown", "reason": "evidence-gap"} if {
	input.points.count == 0
	input.gap
} else := {"verdict": "Unprotected", "reason": "provider-leaving"} if {
	input.points.count == 0
	input.provider.state == "leaving"
} else := {"verdict": "Unprotected", "reason": "provider-off"} if {
	input.points.count == 0
	input.provider.backups == false
} else := {"verdict": "Unprotected", "reason": "provider-failed"} if {
	input.points.count == 0
	input.provider.state == "failed"
} else := {"verdict": "IntentOnly", "reason": "provider-silent"} if {
	input.points.count == 0
	input.provider.backups
} else := {"verdict": "Unprotected", "reason": "no-method"} if {
	input.points.count == 0
	input.contract.enrolled
	input.contract.possible == false
	count(input.intents) == 0
} else := {"verdict": "IntentOnly", "reason": "first-run-failed"} if {
	input.points.count == 0
	input.last_attempt.failed
} else := {"verdict": "IntentOnly", "reason": "not-yet"} if {
	input.points.count == 0
	input.contract.enrolled
} else := {"verdict": "IntentOnly", "reason": "before-the-claim"} if {
	input.points.count == 0
	input.points.older
	count(input.intents) > 0
} else := {"verdict": "Unprotected", "reason": "before-the-claim"} if {
	input.points.count == 0
	input.points.older
} else := {"verdict": "IntentOnly", "reason": "intent-of-others"} if {
	input.points.count == 0
	count(input.intents) > 0
} else := {"verdict": "Unprotected", "reason": "operator-owned"} if {
	input.points.count == 0
	input.operator != ""
} else := {"verdict": "Unprotected", "reason": "nobody-asked"} if {
	input.points.count == 0
} else := {"verdict": "Failing", "reason": "provider-failing"} if {
	input.points.late
	input.provider.state == "failed"
} else := {"verdict": "Stale", "reason": "provider-stale"} if {
	input.points.late
	input.provider
} else := {"verdict": "Failing", "reason": "failing"} if {
	input.points.late
	input.last_attempt.failed
} else := {"verdict": "Stale", "reason": "stale"} if {
	input.points.late
} else := {"verdict": "Proven", "reason": "drill-passed"} if {
	input.points.late == false
	input.points.proven_in_time
} else := {"verdict": "Verified", "reason": "read-back"} if {
	input.points.late == false
	input.points.newest_verified
} else := {"verdict": "Sealed", "reason": "committed"} if {
	input.points.late == false
}

# Whether its object tells anything of the backups of a database outside of the cluster.
provider_told if input.provider.state in {"failed", "leaving"}

provider_told if is_boolean(input.provider.backups)

# Of an attempt of another tool only that tool's object tells; whoever asks puts its name into the braces.
step := "look at {last_failure}: it tells why the last attempt failed" if {
	case.reason in {"first-run-failed", "failing"}
	input.last_attempt.tool
} else := steps[case.reason] if {
	case.reason
} else := steps["no-facts"]

messages := {
	"no-facts": "the facts about this volume are not complete",
	"unreadable": "what is needed to judge this volume could not be read",
	"waived": "its owner accepts the risk and the configuration approves it",
	"waived-self": "its owner accepts the risk; the configuration does not approve it",
	"excluded": "the workload says that this volume needs no protection",
	"data-excluded": "the data directory of an engine is excluded without a waiver",
	"invalid-contract": "invalid contract",
	"waiver-expired": "opted out, and the waiver has expired",
	"opted-out": "opted out without a waiver",
	"left-behind": "its claim is gone, and its data may still be there",
	"never-claimed": "nobody has claimed it yet",
	"not-a-claim": "data on a volume that is no claim",
	"outside": "the data is outside of the cluster, where nothing here tells of its backups",
	"only-suspicious": "every recovery point is empty or far below the trend",
	"evidence-gap": "another tool's objects cannot be read, and no other recovery point is known",
	"provider-leaving": "it is being deleted, and what its provider keeps by itself goes with it",
	"provider-off": "its provider is told to make no backups, and no snapshot of it is known",
	"provider-failed": "it has failed, when providers make no backups, and no recovery point is known",
	"provider-silent": "its provider is told to make backups, and nothing here tells a time that can be restored",
	"no-method": "no method can capture this volume",
	"first-run-failed": "the last attempt failed and there is no recovery point",
	"not-yet": "a contract, but no recovery point yet",
	"before-the-claim": "every recovery point is older than the claim itself: it has not been backed up since it was made",
	"intent-of-others": "another tool's object names it, but there is no recovery point",
	"operator-owned": "its operator looks after it, and no recovery point is known",
	"nobody-asked": "nobody asked for protection and there is no recovery point",
	"provider-failing": "it has failed, and the newest time that can be restored is older than its promise",
	"provider-stale": "the newest time that its objects say can be restored is older than its promise",
	"failing": "the last attempt failed and the newest recovery point is older than its promise",
	"stale": "the newest recovery point is older than its promise",
	"drill-passed": "a drill restored a recovery point within its promise",
	"read-back": "the newest recovery point of Muster was read back in full",
	"committed": "the newest recovery point is committed",
}

steps := {
	"no-facts": "the log names what is missing",
	"unreadable": "the log names what could not be read: check the store, its credential, and rights",
	"waived": "",
	"waived-self": "have the waiver approved under waivers.approved in muster.yaml",
	"excluded": "",
	"data-excluded": "remove it from muster.dev/exclude-volumes, or opt out with a waiver",
	"invalid-contract": "correct the values that are named; muster explain shows them",
	"waiver-expired": "renew muster.dev/waiver-until, or remove muster.dev/protect",
	"opted-out": "add muster.dev/waiver-owner, waiver-reason and waiver-until, or remove muster.dev/protect",
	"left-behind": "claim it again, or delete it once nobody needs its data",
	"never-claimed": "",
	"not-a-claim": "move the data to a claim, or name it in muster.dev/exclude-volumes",
	"outside": "see that its provider makes backups, then set muster.dev/protect: \"false\" and a waiver that says so",
	"only-suspicious": "see why the recovery points are empty",
	"evidence-gap": "grant list on the resources that the report names under gaps",
	"provider-leaving": "if anybody needs its data, take a snapshot of its own or set deletion protection before it is gone",
	"provider-off": "have it keep backups: backupRetentionPeriod, backupRetentionDays or backupConfiguration in its object",
	"provider-failed": "kubectl describe it: its status tells what is wrong",
	"provider-silent": "ask the provider what it can restore, then set muster.dev/protect: \"false\" and a waiver that says so",
	"no-method": "name the engine with muster.dev/engine, or have another tool make its backups",
	"first-run-failed": "kubectl describe the workload: its Events tell the reason of the last attempt",
	"not-yet": "wait for the first slot, or run muster backup",
	"before-the-claim": "see that the next backup takes it; the older points are of what was there before",
	"intent-of-others": "see why the other tool has made no recovery point",
	"operator-owned": "see whether its operator makes backups, or set muster.dev/protect: \"true\" on the claim",
	"nobody-asked": "set muster.dev/protect: \"true\" on the workload or its namespace",
	"provider-failing": "kubectl describe it: its status tells what is wrong",
	"provider-stale": "see whether its provider makes backups and its operator tells of them; one that tells since when alone needs a longer muster.dev/rpo",
	"failing": "kubectl describe the workload: its Events tell the reason of the last attempt",
	"stale": "see why no run was due or started",
	"drill-passed": "",
	"read-back": "run a drill: muster drill",
	"committed": "",
}
