package dev.muster.policies.profiles;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfile.Capture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Runs a profile's scripts as the containers of a Pod would: one process each, named pipes
/// between, the environment of the engine's image. Threads are the platform's: opening a pipe
/// blocks a virtual thread's carrier.
final class ProfileRun {
  private final EngineProfile profile;
  private final Map<String, String> environment;
  private final Path folder;
  private final List<String> shell;

  ProfileRun(EngineProfile profile, Map<String, String> environment, int port, Path folder) {
    this(profile, environment, port, folder, List.of("sh"));
  }

  /// @param shell what runs the scripts
  ProfileRun(
      EngineProfile profile,
      Map<String, String> environment,
      int port,
      Path folder,
      List<String> shell) {
    this.profile = profile;
    this.environment = new TreeMap<>(environment);
    this.environment.put("MUSTER_HOST", "127.0.0.1");
    this.environment.put("MUSTER_PORT", Integer.toString(port));
    this.folder = folder;
    this.shell = shell;
  }

  /// What one script ended with.
  record Ended(int code, String output, String errors) {}

  /// What one backup left: exit codes by container, plaintext and probe lines by stream.
  record Backup(Map<String, Ended> ends, Map<String, byte[]> streams, Map<String, Probe> probes) {
    boolean succeeded() {
      return ends.values().stream().allMatch(end -> end.code() == 0);
    }
  }

  Backup backup(String database) throws Exception {
    Path pod = pod();
    Map<String, Ended> ends = new TreeMap<>();
    Map<String, byte[]> streams = new TreeMap<>();
    Map<String, Probe> probes = new TreeMap<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Map<String, Future<Ended>> scripts = new TreeMap<>();
      Map<String, Future<byte[]>> pipes = new TreeMap<>();
      for (Capture capture : profile.captures(List.of(database))) {
        String stream = capture.stream().value();
        Map<String, String> more = variables(pod, stream, capture.database());
        Path pipe = pipe(pod.resolve("streams").resolve(stream));
        pipes.put(stream, threads.submit(() -> Files.readAllBytes(pipe)));
        scripts.put("dump-" + stream, threads.submit(script(capture.definition().dump(), more)));
        capture
            .definition()
            .probe()
            .ifPresent(probe -> {
              Path lines = pipe(pod.resolve("probes").resolve(stream));
              pipes.put("probe-" + stream, threads.submit(() -> Files.readAllBytes(lines)));
              scripts.put("probe-" + stream, threads.submit(script(probe.script(), more)));
            });
      }
      for (var script : scripts.entrySet()) {
        ends.put(script.getKey(), script.getValue().get());
      }
      for (var pipe : pipes.entrySet()) {
        unblock(pod, pipe.getKey());
        byte[] bytes = pipe.getValue().get(30, TimeUnit.SECONDS);
        if (pipe.getKey().startsWith("probe-")) {
          probes.put(pipe.getKey().substring("probe-".length()), Probe.read(bytes));
        } else {
          streams.put(pipe.getKey(), bytes);
        }
      }
    }
    return new Backup(ends, streams, probes);
  }

  /// A reader waits for ever on a pipe that its script never opened.
  private static void unblock(Path pod, String pipe) throws Exception {
    open(
        pipe.startsWith("probe-")
            ? pod.resolve("probes").resolve(pipe.substring("probe-".length()))
            : pod.resolve("streams").resolve(pipe));
  }

  /// Awaited: later, when the folder is being deleted, this would make a file of the pipe's name.
  private static void open(Path pipe) throws Exception {
    new ProcessBuilder("sh", "-c", "exec 3<> \"$0\"", pipe.toString()).start().waitFor();
  }

  Ended restore(String stream, byte[] plaintext, Map<String, String> more) throws Exception {
    Path pod = pod();
    Path pipe = pipe(pod.resolve("streams").resolve(stream));
    Map<String, String> variables = variables(pod, stream, "");
    variables.putAll(more);
    String script =
        profile.streamOf(new dev.muster.model.StreamName(stream)).orElseThrow().restore();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<?> feeding = threads.submit(() -> feed(pipe, plaintext));
      Ended ended = script(script, variables).call();
      open(pipe);
      feeding.get(30, TimeUnit.SECONDS);
      return ended;
    }
  }

  /// The reader may go away in the middle; its exit code says so.
  private static void feed(Path pipe, byte[] plaintext) {
    try (OutputStream out = Files.newOutputStream(pipe)) {
      out.write(plaintext);
    } catch (IOException e) {
      Thread.onSpinWait();
    }
  }

  Probe probe(String database) throws Exception {
    Ended ended = run(profile.scripts().probe(), Map.of("MUSTER_DATABASE", database));
    if (ended.code() != 0) {
      throw new IllegalStateException("the probe failed: " + ended.errors());
    }
    return Probe.read(ended.output().getBytes(StandardCharsets.UTF_8));
  }

  Ended run(String script, Map<String, String> more) throws Exception {
    Map<String, String> variables = variables(pod(), "none", "");
    variables.putAll(more);
    return script(script, variables).call();
  }

  private Callable<Ended> script(String script, Map<String, String> variables) {
    return () -> {
      Path output = Files.createTempFile(folder, "out", ".txt");
      Path errors = Files.createTempFile(folder, "err", ".txt");
      List<String> command = new ArrayList<>(shell);
      command.addAll(List.of("-c", script));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().retainAll(List.of("PATH"));
      builder.environment().putAll(environment);
      builder.environment().putAll(variables);
      Process process =
          builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
      if (!process.waitFor(100, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Ended(-1, "", "no end within 100 s: " + text(errors));
      }
      return new Ended(process.exitValue(), text(output), text(errors));
    };
  }

  /// A server quotes a statement that was cut in the middle of a character.
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static Map<String, String> variables(Path pod, String stream, String database) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("MUSTER_DIR", pod.toString());
    variables.put("MUSTER_STREAM", stream);
    variables.put("MUSTER_DATABASE", database);
    return variables;
  }

  private Path pod() throws IOException {
    Path pod = Files.createTempDirectory(folder, "pod");
    for (String part : List.of("streams", "probes", "sync")) {
      Files.createDirectory(pod.resolve(part));
    }
    return pod;
  }

  private static Path pipe(Path path) {
    try {
      if (new ProcessBuilder("mkfifo", path.toString()).start().waitFor() != 0) {
        throw new IllegalStateException("mkfifo " + path + " failed");
      }
      return path;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("mkfifo " + path + " failed", e);
    }
  }
}
