package dev.muster.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.random.RandomGenerator;

/// Reads a recovery point back. Without a key it proves that the store holds every byte that the
/// signed manifest names; with one, that they decode to what was dumped.
///
/// Blocks until everything was read; memory does not grow with the point. A store that cannot be
/// asked is a [StoreException] or IOException and says nothing about the point.
public final class PointVerifier {

  private static final int BLOCK = 128 * 1024;

  private final BackupStore store;
  private final Pause pause;
  private final RandomGenerator random;

  /// `random` spreads repeated requests.
  public PointVerifier(BackupStore store, Pause pause, RandomGenerator random) {
    this.store = store;
    this.pause = pause;
    this.random = random;
  }

  /// What reading back came to.
  public sealed interface Outcome {

    /// Every stream is as the manifest states; bytes as stored.
    record Whole(long storedBytes) implements Outcome {}

    /// The first stream that is not.
    record Damaged(String stream, StreamException.Reason reason, String detail)
        implements Outcome {}
  }

  /// Told now and then how many stored bytes were read.
  public interface Meter {
    void progress(long storedBytes);
  }

  /// Reads every segment and compares length and digest.
  public Outcome ciphertext(Manifest manifest, Meter meter) throws IOException {
    return each(manifest, meter, this::readSegments);
  }

  /// Decodes every stream with the identities and compares length and digest of the plaintext. An
  /// identity that is no recipient is `DECRYPT`.
  public Outcome plaintext(Manifest manifest, FileKeys identities, Meter meter) throws IOException {
    return each(
        manifest,
        meter,
        (stream, at) -> decode(stream, identities, OutputStream.nullOutputStream(), at));
  }

  /// Decodes one stream into `to`. Its last block is written when everything was checked; any
  /// exception means that what was written must not be used.
  public void decode(Manifest.Stream stream, FileKeys identities, OutputStream to, Meter meter)
      throws IOException {
    StoreSegments segments = segments(stream);
    try (StreamReader reader =
        StreamReader.open(
            segments.facts(),
            segments,
            fileKey(stream, segments, identities),
            stream.plainBytes(),
            stream.plainSha256())) {
      reader.copyTo(to, () -> meter.progress(reader.storedBytes()));
    }
  }

  private interface Task {
    void run(Manifest.Stream stream, Meter meter) throws IOException;
  }

  private static Outcome each(Manifest manifest, Meter meter, Task task) throws IOException {
    long before = 0;
    for (Manifest.Stream stream : manifest.streams()) {
      long base = before;
      try {
        task.run(stream, bytes -> meter.progress(base + bytes));
      } catch (StreamException e) {
        return new Outcome.Damaged(stream.name(), e.reason(), String.valueOf(e.getMessage()));
      }
      before += stream.storedBytes();
      meter.progress(before);
    }
    return new Outcome.Whole(before);
  }

  private void readSegments(Manifest.Stream stream, Meter meter) throws IOException {
    StoreSegments source = segments(stream);
    byte[] sink = new byte[BLOCK];
    try (VerifiedSegments segments = new VerifiedSegments(source.facts(), source)) {
      while (segments.read(sink, 0, sink.length) >= 0) {
        meter.progress(segments.total());
      }
    }
  }

  private FileKey fileKey(Manifest.Stream stream, StoreSegments segments, FileKeys identities)
      throws IOException {
    byte[] head;
    try (InputStream first = segments.open(0)) {
      head = first.readNBytes(FileKeys.HEADER_BYTES);
    }
    return switch (identities.unwrap(head)) {
      case FileKeys.Unwrapped.Key(FileKey key) -> key;
      case FileKeys.Unwrapped.NotARecipient() ->
          throw blamed(stream, segments, "was not encrypted for this identity");
      case FileKeys.Unwrapped.BadHeader(String detail) ->
          throw blamed(stream, segments, "has a header that age refuses: " + detail);
    };
  }

  /// The first segment's digest says whether the store changed the header.
  private static StreamException blamed(Manifest.Stream stream, StoreSegments source, String what)
      throws IOException {
    try (VerifiedSegments segments = new VerifiedSegments(source.facts(), source)) {
      segments.drainSegment();
    }
    return new StreamException(
        StreamException.Reason.DECRYPT, "stream " + stream.name() + " " + what, null);
  }

  private StoreSegments segments(Manifest.Stream stream) {
    return new StoreSegments(store, stream.segments(), pause, random);
  }
}
