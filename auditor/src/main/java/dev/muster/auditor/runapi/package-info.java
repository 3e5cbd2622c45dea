/// What the movers of runs may ask for.
@NullMarked
package dev.muster.auditor.runapi;

import org.jspecify.annotations.NullMarked;
