/// The shared words.
@NullMarked
package dev.muster.model;

import org.jspecify.annotations.NullMarked;
