/// A store in memory, held to the same contract as the real ones: for tests and simulations.
@NullMarked
package dev.muster.repository.memory;

import org.jspecify.annotations.NullMarked;
