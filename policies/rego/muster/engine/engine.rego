# METADATA
# title: Engine
# description: Which engine some containers run, and which of them holds its data.
package muster.engine

import data.muster.recognition

name := recognition.engine

confidence := recognition.confidence

reason := recognition.reason

container := recognition.holder
