/// Puts right what admission did not see.
@NullMarked
package dev.muster.auditor.heal;

import org.jspecify.annotations.NullMarked;
