package dev.muster.repository;

import java.io.IOException;
import java.io.InputStream;

/// Where a reader gets segments from: a store, presigned URLs, files.
public interface SegmentSource {

  /// Opens the segment at `index`, counted from 0. Throws [StreamException] with `SEGMENT_MISSING`
  /// if it is absent and another IOException if the source cannot be asked. The caller closes it.
  InputStream open(int index) throws IOException;
}
