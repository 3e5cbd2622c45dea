/// The store port over a directory, for the command line.
@NullMarked
package dev.muster.repository.directory;

import org.jspecify.annotations.NullMarked;
