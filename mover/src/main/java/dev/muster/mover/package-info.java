/// The program inside a backup or restore Pod.
@NullMarked
package dev.muster.mover;

import org.jspecify.annotations.NullMarked;
