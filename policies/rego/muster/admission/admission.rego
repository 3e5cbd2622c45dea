# METADATA
# title: Admission
# description: What should hold for one object, as data. Java turns it into a patch.
package muster.admission

import data.muster.customs
import data.muster.recognition
import data.muster.rules

engine := recognition.sure

recognised := {
	"engine": recognition.engine,
	"container": recognition.container,
	"confidence": recognition.confidence,
	"reason": recognition.reason,
}

set := sort({each | some each in union({rules.default_plan.set, rules.engine_and_method.set, rules.pod_hooks.set}); not each.key in customs.keys} | customs.set)

warn := sort(union({
	rules.invalid_contract.warn,
	rules.opt_out.warn,
	rules.waiver.warn,
	rules.unclear_engine.warn,
	rules.data_on_emptydir.warn,
	customs.warn,
}))

deny := sort(union({rules.invalid_contract.deny, rules.opt_out.deny, rules.waiver.deny, customs.deny}))
