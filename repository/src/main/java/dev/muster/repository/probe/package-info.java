/// Whether a store is fit to hold backups, found out by asking it.
@NullMarked
package dev.muster.repository.probe;

import org.jspecify.annotations.NullMarked;
