package dev.muster.mover;

import dev.muster.repository.Json;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.repository.wire.Termination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The container's termination message, which the kubelet cuts at 4096 bytes: it is kept below, so
/// that it stays readable JSON.
final class LastWords {

  private static final int DETAIL = 1500;

  private final Path file;

  private LastWords(Path file) {
    this.file = file;
  }

  static LastWords of(Map<String, String> environment) {
    return new LastWords(
        Path.of(environment.getOrDefault("MUSTER_TERMINATION_LOG", "/dev/termination-log")));
  }

  void say(Termination end) {
    write(Json.encode(new Termination(end.outcome(), end.reason(), cut(end.detail()))));
  }

  void say(RestoreMessage end) {
    write(
        Json.encode(
            new RestoreMessage(end.outcome(), end.reason(), cut(end.detail()), end.streams())));
  }

  private void write(byte[] message) {
    System.out.println(new String(message, StandardCharsets.UTF_8));
    try {
      Files.write(file, message);
    } catch (IOException e) {
      System.err.println("cannot write the termination message to " + file + ": " + e);
    }
  }

  private static String cut(String detail) {
    return detail.length() <= DETAIL ? detail : detail.substring(0, DETAIL) + "…";
  }
}
