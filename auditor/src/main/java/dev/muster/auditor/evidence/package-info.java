/// What the objects of other backup tools say about volumes: recovery points, failures, intents.
@NullMarked
package dev.muster.auditor.evidence;

import org.jspecify.annotations.NullMarked;
