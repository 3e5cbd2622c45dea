package dev.muster.e2e;

import static org.junit.jupiter.api.parallel.ResourceAccessMode.READ;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/// Each test of the class needs these [Part]s as they are.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock(providers = Needs.Locks.class)
@interface Needs {
  String[] value();

  /// One lock to read for each part.
  final class Locks implements ResourceLocksProvider {
    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosing, Class<?> test, Method method) {
      return Arrays.stream(test.getAnnotationsByType(Needs.class))
          .flatMap(needs -> Arrays.stream(needs.value()))
          .map(part -> new Lock(part, READ))
          .collect(Collectors.toSet());
    }
  }
}
