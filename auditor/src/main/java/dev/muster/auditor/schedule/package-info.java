/// Which slots are due.
@NullMarked
package dev.muster.auditor.schedule;

import org.jspecify.annotations.NullMarked;
