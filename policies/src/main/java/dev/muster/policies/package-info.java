/// Rego, engine profiles, and the engine that evaluates them.
@NullMarked
package dev.muster.policies;

import org.jspecify.annotations.NullMarked;
