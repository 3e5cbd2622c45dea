# METADATA
# title: Rules of the user's own
# description: |
#   What the packages below `custom` answer, built in by `muster policy build`. There are none in
#   Muster's own policy.
package muster.customs

set := {each | some name; some each in data.custom[name].set}

# Of these keys they say the last word.
keys := {each.key | some each in set}

warn := {each | some name; some each in data.custom[name].warn}

deny := {each | some name; some each in data.custom[name].deny}
