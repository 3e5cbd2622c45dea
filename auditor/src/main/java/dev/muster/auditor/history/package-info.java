/// Reports of earlier days, kept in the store.
@NullMarked
package dev.muster.auditor.history;

import org.jspecify.annotations.NullMarked;
