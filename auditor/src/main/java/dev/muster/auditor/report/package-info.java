/// The coverage report over HTTPS, for those who may see it.
@NullMarked
package dev.muster.auditor.report;

import org.jspecify.annotations.NullMarked;
