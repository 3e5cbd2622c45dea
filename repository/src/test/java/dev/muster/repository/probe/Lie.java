package dev.muster.repository.probe;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What a port answers instead of the truth, which it may ask for.
interface Lie {

  @Nullable Object told(Callable<Object> truth, Object[] arguments) throws Exception;

  /// A port that lies in one method and passes all others on.
  static <T> T about(String method, Class<T> port, T honest, Lie lie) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, called, arguments) -> {
              Callable<Object> truth =
                  () -> {
                    try {
                      return called.invoke(honest, arguments);
                    } catch (InvocationTargetException e) {
                      throw (Exception) e.getCause();
                    }
                  };
              return called.getName().equals(method) ? lie.told(truth, arguments) : truth.call();
            }));
  }
}
