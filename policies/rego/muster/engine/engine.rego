# METADATA
# title: Engine
# description: Which engine some containers run, if that is sure, which of them holds its data, and where.
package muster.engine

import data.muster.recognition
import data.muster.signals as table

name := recognition.sure

confidence := recognition.confidence

reason := recognition.reason

default container := ""

container := recognition.holder if name != ""

directories := sort([path | some path, engines in table.mounts; name in engines])
