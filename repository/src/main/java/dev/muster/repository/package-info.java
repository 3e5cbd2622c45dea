/// The format on the object store.
@NullMarked
package dev.muster.repository;

import org.jspecify.annotations.NullMarked;
