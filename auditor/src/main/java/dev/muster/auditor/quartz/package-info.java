/// The threads and triggers behind the schedule: the one package with Quartz.
@NullMarked
package dev.muster.auditor.quartz;

import org.jspecify.annotations.NullMarked;
