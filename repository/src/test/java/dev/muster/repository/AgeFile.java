package dev.muster.repository;

import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;

/// Any bytes as an age file, for tests that put into it what the writer never would.
final class AgeFile {

  private AgeFile() {}

  static byte[] encrypt(byte[] content, String recipient) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    var writer = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
    try (var age =
        new StandardEncryptingChannelFactory()
            .newEncryptingChannel(Channels.newChannel(file), List.of(writer))) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        var unused = age.write(left);
      }
    }
    return file.toByteArray();
  }
}
