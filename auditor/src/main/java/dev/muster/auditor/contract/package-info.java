/// Which workloads exist, and what their annotations ask for.
@NullMarked
package dev.muster.auditor.contract;

import org.jspecify.annotations.NullMarked;
