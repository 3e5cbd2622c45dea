package dev.muster.model;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// A workload's name in the store: a hash, so that nothing a tenant writes becomes part of a path.
public record WorkloadKey(String value) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{32}");

  public WorkloadKey {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a workload key: 32 hex digits expected");
    }
  }

  public static WorkloadKey of(String kind, String namespace, String name) {
    byte[] digest = Digests.sha256(kind, namespace, name);
    return new WorkloadKey(HexFormat.of().formatHex(digest).substring(0, 32));
  }

  /// A number that differs between workloads and never changes for one.
  long seed() {
    return Long.parseUnsignedLong(value.substring(0, 16), 16);
  }

  @Override
  public String toString() {
    return value;
  }
}
