package dev.muster.repository;

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Unwraps a stream's data key with an identity, where the identity is and not where the data is.
public final class FileKeys {

  /// How many first bytes of a stream hold its header for sure.
  public static final int HEADER_BYTES = 16 * 1024;

  private final List<RecipientStanzaReader> identities;

  private FileKeys(List<RecipientStanzaReader> identities) {
    this.identities = identities;
  }

  /// What unwrapping came to.
  public sealed interface Unwrapped {

    /// The key, with the header's authenticity checked.
    record Key(FileKey key) implements Unwrapped {}

    /// The stream was not encrypted for this identity.
    record NotARecipient() implements Unwrapped {}

    /// The header is damaged or was changed.
    record BadHeader(String detail) implements Unwrapped {}
  }

  /// The identities of an age key file: `AGE-SECRET-KEY-1…` lines, `#` comments. Throws
  /// IllegalArgumentException, without quoting the file, if there is none or one is malformed.
  public static FileKeys ofIdentityFile(String text) {
    List<RecipientStanzaReader> readers = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        readers.add(reader(line));
      }
    }
    if (readers.isEmpty()) {
      throw new IllegalArgumentException("the identity file holds no AGE-SECRET-KEY-1… line");
    }
    return new FileKeys(readers);
  }

  /// Unwraps the key from the first bytes of a stream: at least [#HEADER_BYTES], or all there are.
  public Unwrapped unwrap(byte[] head) {
    boolean unmatched = true;
    String detail = "";
    for (RecipientStanzaReader identity : identities) {
      AtomicReference<@Nullable FileKey> found = new AtomicReference<>();
      RecipientStanzaReader capturing = stanzas -> capture(identity, stanzas, found);
      try {
        var payloadKey =
            new StandardPayloadKeyReader().getPayloadKey(ByteBuffer.wrap(head), List.of(capturing));
        payloadKey.destroy();
        FileKey key = found.get();
        if (key != null) {
          return new Unwrapped.Key(key);
        }
      } catch (GeneralSecurityException | IOException | RuntimeException e) {
        boolean refused =
            e instanceof com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
        unmatched &= refused;
        detail = refused ? detail : String.valueOf(e.getMessage());
      }
    }
    return unmatched ? new Unwrapped.NotARecipient() : new Unwrapped.BadHeader(detail);
  }

  private static com.exceptionfactory.jagged.FileKey capture(
      RecipientStanzaReader identity,
      Iterable<RecipientStanza> stanzas,
      AtomicReference<@Nullable FileKey> found)
      throws GeneralSecurityException {
    com.exceptionfactory.jagged.FileKey key = identity.getFileKey(stanzas);
    found.set(new FileKey(key.getEncoded()));
    return key;
  }

  private static RecipientStanzaReader reader(String line) {
    try {
      return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the identity file holds a line that is no X25519 identity (AGE-SECRET-KEY-1…)");
    }
  }
}
