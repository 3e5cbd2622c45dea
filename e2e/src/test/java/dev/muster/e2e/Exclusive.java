package dev.muster.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A test that stops, kills or reconfigures what the others use: it runs alone.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock(Exclusive.INSTALLATION)
@interface Exclusive {
  String INSTALLATION = "installation";
}
