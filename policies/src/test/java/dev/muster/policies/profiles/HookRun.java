package dev.muster.policies.profiles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.config.EngineProfilesReader;
import dev.muster.config.Hook;
import dev.muster.policies.profiles.ProfileRun.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs a hook as Velero does in the engine's container: the command of the annotation, with
/// nothing but the container's environment. It must end, and let go of its output, within 30 s.
record HookRun(
    Hook hook, Map<String, String> environment, List<String> shell, List<String> around) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// The built-in hook of an engine.
  static HookRun of(String engine, Map<String, String> environment) {
    var hooks = EngineProfilesReader.read(Optional.empty()).hooks().byEngine();
    return new HookRun(
        Optional.ofNullable(hooks.get(engine)).orElseThrow(),
        environment,
        List.of("/bin/sh"),
        List.of());
  }

  /// With another shell in the place of `/bin/sh`.
  HookRun by(String... otherShell) {
    return new HookRun(hook, environment, List.of(otherShell), around);
  }

  /// As the arguments of another command.
  HookRun below(String... command) {
    return new HookRun(hook, environment, shell, List.of(command));
  }

  Process start(String when) throws IOException {
    List<String> command = new ArrayList<>(around);
    for (String word : JSON.readValue(hook.command(when).orElseThrow(), String[].class)) {
      command.addAll(word.equals("/bin/sh") ? shell : List.of(word));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  Ended run(String when) throws Exception {
    return end(start(when));
  }

  static Ended end(Process process) throws Exception {
    var output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
    var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(), output.get(5, TimeUnit.SECONDS), errors.get(5, TimeUnit.SECONDS));
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
