/// Coverage, runs, healing.
@NullMarked
package dev.muster.auditor;

import org.jspecify.annotations.NullMarked;
