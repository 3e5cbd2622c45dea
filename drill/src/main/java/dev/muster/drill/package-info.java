/// Restore drills and their evidence.
@NullMarked
package dev.muster.drill;

import org.jspecify.annotations.NullMarked;
