package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class TroubleTest {

  private final List<String> told = new ArrayList<>();
  private final Trouble trouble = new Trouble(log(), "reports");

  @Test
  void aTroubleThatLastsIsToldOnceAndSoIsItsEnd() {
    trouble.over();
    trouble.is("store away");
    trouble.is("store away");
    trouble.is("no right");
    trouble.over();
    trouble.over();
    trouble.is("store away");

    assertThat(told)
        .containsExactly(
            "warn [reports, store away]",
            "warn [reports, no right]",
            "info [reports]",
            "warn [reports, store away]");
  }

  private Logger log() {
    return (Logger)
        Proxy.newProxyInstance(
            Logger.class.getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, arguments) -> {
              List<Object> values = new ArrayList<>(Arrays.asList(arguments));
              values.removeFirst();
              told.add(method.getName() + " " + values);
              return null;
            });
  }
}
