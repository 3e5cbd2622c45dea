/// CA and leaf issuance, PEM, rotation.
@NullMarked
package dev.muster.certs;

import org.jspecify.annotations.NullMarked;
