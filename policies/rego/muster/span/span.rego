# METADATA
# title: Spans of time
# description: Seconds as people say them, in the largest unit that needs no fraction.
package muster.span

units := {"d": 86400, "h": 3600, "m": 60, "s": 1}

text(seconds) := concat("", [format_int(seconds / units[unit], 10), unit]) if {
	fitting := {units[name]: name | some name, _ in units; seconds % units[name] == 0}
	unit := fitting[max(object.keys(fitting))]
}
