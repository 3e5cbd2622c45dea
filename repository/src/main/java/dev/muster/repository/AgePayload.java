package dev.muster.repository;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.List;

/// The inside of an age file whose data key is known.
final class AgePayload {

  private AgePayload() {}

  /// Reads and checks the header. The stream throws [com.exceptionfactory.jagged.PayloadException]
  /// for a chunk that is not genuine, missing or not the last; what it returned before is genuine.
  static InputStream open(InputStream file, FileKey key)
      throws IOException, GeneralSecurityException {
    RecipientStanzaReader known = _ -> new com.exceptionfactory.jagged.FileKey(key.bytes());
    return Channels.newInputStream(
        new StandardDecryptingChannelFactory()
            .newDecryptingChannel(Channels.newChannel(file), List.of(known)));
  }
}
