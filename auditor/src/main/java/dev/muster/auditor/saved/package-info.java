/// What an audit rests on, as a file: taken where the cluster is, judged elsewhere.
@NullMarked
package dev.muster.auditor.saved;

import org.jspecify.annotations.NullMarked;
