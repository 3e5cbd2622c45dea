package dev.muster.repository;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/// A plain stream to parts on a store: zstd, age, cut into segments and parts, sent while it is
/// read. Each call makes a new data key. Hashing runs beside compression; memory is that of
/// [PartBuffers].
public final class StreamWriter {

  private static final int BLOCK = 128 * 1024;

  private final StreamSettings settings;
  private final PartBuffers buffers;
  private final List<RecipientStanzaWriter> recipients;

  /// Throws IllegalArgumentException if a recipient is no X25519 public key.
  public StreamWriter(StreamSettings settings, PartBuffers buffers) {
    this.settings = settings;
    this.buffers = buffers;
    this.recipients = recipients(settings.recipients());
  }

  /// Told now and then, by the reading thread, how far the stream is.
  public interface Meter {
    void progress(long plainBytes, long storedBytes);
  }

  /// Reads `plain` to its end and returns when the last part was acknowledged. The first exception
  /// of the source or of any part ends it; then nothing more is sent, in particular no end mark.
  public WrittenStream write(InputStream plain, PartSink sink, Meter meter)
      throws IOException, InterruptedException {
    try (PartCutter cutter = new PartCutter(settings.segmentBytes(), buffers, sink);
        PlainFacts facts = new PlainFacts(BLOCK)) {
      var zstd = new ZstdOutputStreamNoFinalizer(encrypt(cutter), settings.zstdLevel());
      try {
        zstd.setChecksum(true);
        copy(plain, zstd, facts, cutter, meter);
      } catch (IOException | InterruptedException | RuntimeException e) {
        cutter.abort();
        release(zstd, e);
        throw e;
      }
      zstd.close();
      return facts.written(cutter.finish());
    }
  }

  private static void copy(
      InputStream plain, OutputStream zstd, PlainFacts facts, PartCutter cutter, Meter meter)
      throws IOException, InterruptedException {
    while (true) {
      byte[] block = facts.nextBlock();
      int count = plain.read(block);
      if (count < 0) {
        return;
      }
      facts.add(block, count);
      zstd.write(block, 0, count);
      meter.progress(facts.bytes(), cutter.acknowledged());
    }
  }

  /// Frees native memory; the frame end that closing writes is refused by the aborted cutter.
  private static void release(OutputStream zstd, Exception failure) {
    try {
      zstd.close();
    } catch (IOException | RuntimeException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  private OutputStream encrypt(PartCutter cutter) throws IOException {
    try {
      var age =
          new StandardEncryptingChannelFactory()
              .newEncryptingChannel(Channels.newChannel(cutter.stream()), recipients);
      return new BufferedOutputStream(Channels.newOutputStream(age), BLOCK);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("age cannot encrypt for the recipients", e);
    }
  }

  private static List<RecipientStanzaWriter> recipients(List<String> keys) {
    List<RecipientStanzaWriter> writers = new ArrayList<>();
    for (String key : keys) {
      try {
        writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(key.strip()));
      } catch (GeneralSecurityException | RuntimeException e) {
        throw new IllegalArgumentException("not an age public key (age1…): " + key, e);
      }
    }
    return List.copyOf(writers);
  }
}
