package dev.muster.repository;

/// Bounds of the format, in bytes.
public final class Sizes {

  /// The largest object that is created conditionally by a single request.
  public static final int SMALL_OBJECT = 256 * 1024;

  /// The largest journal entry: a report lists every part.
  public static final int JOURNAL_ENTRY = 32 * 1024 * 1024;

  /// The largest manifest, as stored with its envelope.
  public static final int MANIFEST = 128 * 1024;

  /// The size of a part unless configured.
  public static final int PART = 16 * 1024 * 1024;

  /// The largest segment unless configured.
  public static final long SEGMENT = 64L * 1024 * 1024 * 1024;

  /// The most parts that a store accepts in one upload.
  public static final int PARTS_PER_UPLOAD = 10_000;

  private Sizes() {}
}
