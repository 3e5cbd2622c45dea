package dev.muster.repository;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where ready parts go.
public interface PartSink {

  /// Stores one part and returns when the store has acknowledged it. Called by several threads at
  /// once, for parts in any order. Retries belong here: the same bytes are sent again. An exception
  /// ends the whole stream. `bytes` has an array and belongs to the caller again when this returns.
  void send(int segment, int part, String sha256, ByteBuffer bytes)
      throws IOException, InterruptedException;
}
