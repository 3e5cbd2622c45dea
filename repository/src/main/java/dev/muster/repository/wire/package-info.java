/// What travels between a mover and those who trust it: bodies of the run API, tickets, and
/// termination messages.
@NullMarked
package dev.muster.repository.wire;

import org.jspecify.annotations.NullMarked;
