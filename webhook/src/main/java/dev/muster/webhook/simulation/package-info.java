/// The webhook's decisions about objects that reach no webhook.
@NullMarked
package dev.muster.webhook.simulation;

import org.jspecify.annotations.NullMarked;
