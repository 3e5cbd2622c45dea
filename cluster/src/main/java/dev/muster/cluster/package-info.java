/// The Kubernetes API as a port.
@NullMarked
package dev.muster.cluster;

import org.jspecify.annotations.NullMarked;
