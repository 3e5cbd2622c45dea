/// System tests on a real node.
@NullMarked
package dev.muster.e2e;

import org.jspecify.annotations.NullMarked;
