# METADATA
# title: Engine
# description: Which engine some containers run, if that is sure, and which of them holds its data.
package muster.engine

import data.muster.recognition

name := recognition.sure

confidence := recognition.confidence

reason := recognition.reason

default container := ""

container := recognition.holder if name != ""
