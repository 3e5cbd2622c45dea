/// Every volume, and whether it is protected.
@NullMarked
package dev.muster.auditor.coverage;

import org.jspecify.annotations.NullMarked;
