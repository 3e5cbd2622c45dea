/// One binary: servers and commands.
@NullMarked
package dev.muster.cli;

import org.jspecify.annotations.NullMarked;
