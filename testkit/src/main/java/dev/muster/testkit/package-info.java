/// What tests share: covers, fakes, builders.
@NullMarked
package dev.muster.testkit;

import org.jspecify.annotations.NullMarked;
