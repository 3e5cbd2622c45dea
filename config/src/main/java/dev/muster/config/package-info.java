/// muster.yaml and engine profiles as typed records.
@NullMarked
package dev.muster.config;

import org.jspecify.annotations.NullMarked;
