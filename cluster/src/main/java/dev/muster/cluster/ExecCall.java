package dev.muster.cluster;

import java.time.Duration;
import java.util.List;

/// A command for one container. The end of stdin cannot be signalled: the command must know its
/// length, for example from a prefix.
public record ExecCall(
    ObjectName pod, String container, List<String> command, byte[] stdin, Duration deadline) {

  public ExecCall {
    command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("an exec call has a command");
    }
  }

  public static ExecCall of(ObjectName pod, String container, String... command) {
    return new ExecCall(pod, container, List.of(command), new byte[0], Duration.ofSeconds(30));
  }

  public ExecCall stdin(byte[] bytes) {
    return new ExecCall(pod, container, command, bytes, deadline);
  }

  public ExecCall within(Duration limit) {
    return new ExecCall(pod, container, command, stdin, limit);
  }
}
