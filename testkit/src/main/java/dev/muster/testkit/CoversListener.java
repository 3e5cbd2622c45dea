package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes one line `id test` for each id of each executed and passed test into the folder that the
/// system property `muster.covers` names. `dev/covers` merges the folders of all modules.
public final class CoversListener implements TestExecutionListener {

  private final Set<String> lines = new ConcurrentSkipListSet<>();

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (!test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
      return;
    }
    if (test.getSource().orElse(null) instanceof MethodSource source) {
      String name = source.getJavaClass().getSimpleName() + "." + source.getMethodName();
      for (String id : ids(source)) {
        lines.add(id + " " + name);
      }
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    String folder = System.getProperty("muster.covers");
    if (folder == null || lines.isEmpty()) {
      return;
    }
    try {
      Path target = Files.createDirectories(Path.of(folder)).resolve(UUID.randomUUID() + ".txt");
      Files.write(target, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write covered ids to " + folder, e);
    }
  }

  private static List<String> ids(MethodSource source) {
    List<String> ids = new ArrayList<>();
    for (AnnotatedElement place : List.of(source.getJavaMethod(), source.getJavaClass())) {
      Covers covers = place.getAnnotation(Covers.class);
      if (covers != null) {
        ids.addAll(List.of(covers.value()));
      }
    }
    return ids;
  }
}
