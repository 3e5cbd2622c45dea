/// One backup as a state machine over journal, Job and Pod.
@NullMarked
package dev.muster.auditor.run;

import org.jspecify.annotations.NullMarked;
