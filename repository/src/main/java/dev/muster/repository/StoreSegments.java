package dev.muster.repository;

import java.io.InputStream;
import java.util.List;
import java.util.random.RandomGenerator;

/// The segments of a stream straight from a store, with the store's own credential.
final class StoreSegments implements SegmentSource {

  private final BackupStore store;
  private final List<Manifest.Segment> segments;
  private final Pause pause;
  private final RandomGenerator random;

  StoreSegments(
      BackupStore store, List<Manifest.Segment> segments, Pause pause, RandomGenerator random) {
    this.store = store;
    this.segments = segments;
    this.pause = pause;
    this.random = random;
  }

  @Override
  public InputStream open(int index) {
    String key = segments.get(index).key();
    return new ResumingStream(key, at -> openAt(key, at), Backoff.STORE, pause, random);
  }

  List<SegmentFacts> facts() {
    return segments.stream().map(s -> new SegmentFacts(s.key(), s.bytes(), s.sha256())).toList();
  }

  private InputStream openAt(String key, long offset) throws StreamException {
    try {
      return store.openStream(key, offset, -1);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        throw new StreamException(
            StreamException.Reason.SEGMENT_MISSING, key + " is not in the store", e);
      }
      throw e;
    }
  }
}
