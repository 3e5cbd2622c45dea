/// What a cluster, or manifests on their way to one, hold of data and of its users.
@NullMarked
package dev.muster.auditor.inventory;

import org.jspecify.annotations.NullMarked;
