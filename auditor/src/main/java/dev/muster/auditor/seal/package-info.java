/// From parts on a store to a recovery point.
@NullMarked
package dev.muster.auditor.seal;

import org.jspecify.annotations.NullMarked;
