# METADATA
# title: Rulings
# description: What a control may say of a volume, and what stands above all of them.
package muster.ruling

pass(reason) := {"status": "pass", "reason": reason, "next_step": ""}

fail(reason, step) := {"status": "fail", "reason": reason, "next_step": step}

unevaluated(reason, step) := {"status": "not-evaluated", "reason": reason, "next_step": step}

inapplicable(reason) := {"status": "not-applicable", "reason": reason, "next_step": ""}

# Why nothing can be said of recovery points; nothing where they were read.
unread := unevaluated("nothing is deployed yet", "ask again once it is in the cluster") if {
	input.evidence == "ahead"
} else := unevaluated("the recovery points were not read", "the log names what could not be read: check the store, its credential, and rights") if {
	input.evidence == "unread"
} else := unevaluated("the data is outside of the cluster, where nothing here tells of its backups", "see that its provider makes backups, and waive it with a waiver that says so") if {
	input.volume.outside
	input.points.count == 0
}

# That there is none is known only where everything was read.
no_points if {
	input.evidence == "read"
	input.gap == false
	input.points.count == 0
	input.points.suspicious == 0
	not input.volume.outside
}

others if count(input.intents) > 0

# They made some of the points.
others if input.points.count > input.points.mine

others if input.operator != ""

# A waiver is itself held to its date, whatever else holds for the volume.
final("waiver_not_expired", said) := said

final(name, said) := inapplicable("the workload says that this volume needs no protection") if {
	name != "waiver_not_expired"
	not waived
	excluded
} else := inapplicable("nobody has claimed this volume yet") if {
	name != "waiver_not_expired"
	input.volume.kind == "PersistentVolume"
	input.volume.phase == "Available"
	input.points.count == 0
} else := object.union(said, {"status": "waived", "next_step": ""}) if {
	name != "waiver_not_expired"
	said.status == "fail"
	waived
} else := said if {
	name != "waiver_not_expired"
}

# As for the verdict.
waived if {
	input.contract.protect == false
	input.waiver.expired == false
	input.waiver.approved
}

excluded if {
	input.contract.excluded
	input.engine.data_directory == false
}
