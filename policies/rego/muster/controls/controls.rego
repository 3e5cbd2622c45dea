# METADATA
# title: Controls
# description: |
#   What every control says of one volume, by id. A control is a package below `control`; what has no
#   evidence is not evaluated.
package muster.controls

import data.muster.control
import data.muster.ruling

results := sort({result |
	some name
	said := control[name].said
	result := object.union({"id": replace(name, "_", "-")}, ruling.final(name, said))
})
