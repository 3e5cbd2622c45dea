/// What a restore by hand and a drill share.
@NullMarked
package dev.muster.restore;

import org.jspecify.annotations.NullMarked;
