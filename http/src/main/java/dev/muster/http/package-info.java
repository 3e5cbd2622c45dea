/// The TLS edge.
@NullMarked
package dev.muster.http;

import org.jspecify.annotations.NullMarked;
