/// Verdicts that changed, told on the objects that they are about.
@NullMarked
package dev.muster.auditor.change;

import org.jspecify.annotations.NullMarked;
