/// What an auditor asks of every volume. Pure, but for the policy that decides.
@NullMarked
package dev.muster.auditor.controls;

import org.jspecify.annotations.NullMarked;
