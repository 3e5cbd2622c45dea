package dev.muster.repository;

import dev.muster.repository.wire.RunReport.PartReport;
import dev.muster.repository.wire.RunReport.SegmentReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A stream written into memory, for tests that break it.
record HeldStream(WrittenStream facts, List<byte[]> segments) {

  record At(int segment, int part) {}

  static HeldStream write(byte[] plain, int partBytes, long segmentBytes, String... recipients)
      throws Exception {
    return write(new ByteArrayInputStream(plain), partBytes, segmentBytes, recipients);
  }

  static HeldStream write(InputStream plain, int partBytes, long segmentBytes, String... recipients)
      throws Exception {
    Map<At, byte[]> parts = new ConcurrentHashMap<>();
    var settings = new StreamSettings(List.of(recipients), segmentBytes, 3);
    WrittenStream facts =
        new StreamWriter(settings, new PartBuffers(partBytes, 3, 2))
            .write(
                plain,
                (segment, part, sha256, bytes) -> {
                  byte[] copy = copy(bytes);
                  if (!Digests.sha256(copy).equals(sha256)) {
                    throw new IOException("part digest is wrong");
                  }
                  parts.put(new At(segment, part), copy);
                },
                (read, stored) -> {});
    List<byte[]> segments = new ArrayList<>();
    for (SegmentReport segment : facts.segments()) {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      for (PartReport part : segment.parts()) {
        joined.write(parts.get(new At(segment.number(), part.number())));
      }
      segments.add(joined.toByteArray());
    }
    return new HeldStream(facts, segments);
  }

  byte[] ageFile() {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    segments.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  List<SegmentFacts> segmentFacts() {
    return facts.segments().stream()
        .map(s -> new SegmentFacts("segment " + s.number(), s.bytes(), s.sha256()))
        .toList();
  }

  FileKey key(String identity) {
    return switch (FileKeys.ofIdentityFile(identity).unwrap(ageFile())) {
      case FileKeys.Unwrapped.Key(var key) -> key;
      case FileKeys.Unwrapped other -> throw new AssertionError(other);
    };
  }

  /// Reads back with these segments in place of the stored ones, under the facts of the manifest.
  byte[] read(List<byte[]> stored, FileKey key) throws IOException {
    try (StreamReader reader =
        StreamReader.open(
            segmentFacts(),
            index -> open(stored, index),
            key,
            facts.plainBytes(),
            facts.plainSha256())) {
      return reader.readAllBytes();
    }
  }

  private static InputStream open(List<byte[]> stored, int index) throws StreamException {
    if (index >= stored.size()) {
      throw new StreamException(
          StreamException.Reason.SEGMENT_MISSING, "segment " + (index + 1) + " is absent", null);
    }
    return new ByteArrayInputStream(stored.get(index));
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }
}
