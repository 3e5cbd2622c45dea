/// The cluster's copies of Muster's certificates.
@NullMarked
package dev.muster.auditor.pki;

import org.jspecify.annotations.NullMarked;
