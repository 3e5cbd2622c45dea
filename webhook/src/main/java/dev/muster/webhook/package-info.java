/// Admission.
@NullMarked
package dev.muster.webhook;

import org.jspecify.annotations.NullMarked;
