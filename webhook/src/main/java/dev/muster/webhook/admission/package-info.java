/// One admission review from tree to answer. Pure: no clock, no thread, no log.
@NullMarked
package dev.muster.webhook.admission;

import org.jspecify.annotations.NullMarked;
