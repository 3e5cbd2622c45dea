/// What the audit found, as report objects of the cluster: OpenReports or PolicyReports.
@NullMarked
package dev.muster.auditor.reportobject;

import org.jspecify.annotations.NullMarked;
