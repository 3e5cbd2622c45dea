package dev.muster.repository;

import java.util.List;

/// How streams are written. `recipients` are age public keys (`age1…`), at least one.
public record StreamSettings(List<String> recipients, long segmentBytes, int zstdLevel) {

  private static final int DEFAULT_LEVEL = 3;

  public StreamSettings {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a stream needs at least one recipient (age1…)");
    }
    if (segmentBytes < 1) {
      throw new IllegalArgumentException("segments of " + segmentBytes + " bytes make no sense");
    }
  }

  /// The format's defaults for these recipients.
  public static StreamSettings forRecipients(List<String> recipients) {
    return new StreamSettings(recipients, Sizes.SEGMENT, DEFAULT_LEVEL);
  }
}
