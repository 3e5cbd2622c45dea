# METADATA
# title: Audit
# description: The verdict on one volume; success is never the default.
package muster.audit

import data.muster.verdict as judged

default verdict := "Unknown"

verdict := judged.case.verdict

default reason := "no-facts"

reason := judged.case.reason

message := judged.messages[reason]

next_step := judged.step
