package dev.muster.mover;

import dev.muster.repository.Json;
import dev.muster.repository.MalformedException;
import dev.muster.repository.Sizes;
import dev.muster.repository.wire.StreamSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the environment of a backup's mover says.
record BackupSettings(
    String runId,
    String attempt,
    URI api,
    Optional<String> apiCa,
    Optional<String> storeCa,
    Path tokenFile,
    List<String> recipients,
    List<StreamSpec> streams,
    Optional<HostPort> target,
    Path folder,
    Duration openTimeout,
    Duration reachTimeout,
    int partBytes,
    long segmentBytes) {

  private static final Duration OPEN = Duration.ofMinutes(10);
  private static final Duration REACH = Duration.ofSeconds(20);

  /// Reads the variables; throws [MoverException] that names all problems at once.
  static BackupSettings of(Map<String, String> environment) throws MoverException {
    Reader reader = new Reader(environment);
    BackupSettings settings =
        new BackupSettings(
            reader.text("MUSTER_RUN_ID"),
            reader.text("MUSTER_ATTEMPT"),
            reader.value("MUSTER_API", URI::create, URI.create("https://muster-auditor.invalid")),
            reader.optional("MUSTER_API_CA"),
            reader.optional("MUSTER_STORE_CA"),
            Path.of(reader.text("MUSTER_TOKEN_FILE")),
            List.of(reader.text("MUSTER_RECIPIENTS").split(",")),
            reader.value("MUSTER_STREAMS", BackupSettings::streams, List.of()),
            reader.optional("MUSTER_TARGET").map(HostPort::parse),
            Path.of(reader.optional("MUSTER_DIR").orElse("/muster")),
            reader.optional("MUSTER_OPEN_TIMEOUT").map(Duration::parse).orElse(OPEN),
            reader.optional("MUSTER_REACH_TIMEOUT").map(Duration::parse).orElse(REACH),
            reader.optional("MUSTER_PART_BYTES").map(Integer::parseInt).orElse(Sizes.PART),
            reader.optional("MUSTER_SEGMENT_BYTES").map(Long::parseLong).orElse(Sizes.SEGMENT));
    if (!reader.problems.isEmpty()) {
      throw new MoverException(Reason.BAD_SETTINGS, String.join("; ", reader.problems), null);
    }
    return settings;
  }

  private static List<StreamSpec> streams(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return List.of(Json.decode(bytes, StreamSpec[].class, "MUSTER_STREAMS"));
  }

  private static final class Reader {
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> environment) {
      this.environment = environment;
    }

    Optional<String> optional(String name) {
      return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    String text(String name) {
      return value(name, Function.identity(), "");
    }

    <T> T value(String name, Function<String, T> parse, T none) {
      Optional<String> text = optional(name);
      if (text.isEmpty()) {
        problems.add(name + " is not set");
        return none;
      }
      try {
        return parse.apply(text.get());
      } catch (IllegalArgumentException | MalformedException | DateTimeParseException e) {
        problems.add(name + ": " + e.getMessage());
        return none;
      }
    }
  }
}
