package dev.muster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The processes of containers of these tests, seen from the node itself.
final class Processes {

  private Processes() {}

  /// With SIGKILL.
  static void kill(Node node, JsonNode pod, String container) {
    List<String> command = new ArrayList<>(List.of("kill", "-9"));
    command.addAll(of(pod, container));
    if (command.size() == 2) {
      throw new AssertionError("no process of container " + container + " runs on this machine");
    }
    node.shell().run(Duration.ofSeconds(10), "", command);
  }

  /// Whether a process of the container has the file in its memory.
  static boolean maps(JsonNode pod, String container, String file) {
    return of(pod, container).stream()
        .anyMatch(process -> read(Path.of("/proc", process, "maps")).contains(file));
  }

  private static List<String> of(JsonNode pod, String container) {
    String id = containerId(pod, container);
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(process -> isOf(process, id))
          .map(process -> process.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean isOf(Path process, String id) {
    if (!process.getFileName().toString().chars().allMatch(Character::isDigit)) {
      return false;
    }
    return read(process.resolve("cgroup")).contains(id);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // the process ended meanwhile
    }
  }

  private static String containerId(JsonNode pod, String container) {
    for (JsonNode status : pod.at("/status/containerStatuses")) {
      if (status.path("name").asText().equals(container)) {
        return status.path("containerID").asText().replaceFirst(".*//", "");
      }
    }
    throw new AssertionError("no container " + container + " in " + pod.at("/metadata/name"));
  }
}
