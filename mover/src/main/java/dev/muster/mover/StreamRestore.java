package dev.muster.mover;

import dev.muster.repository.FileKey;
import dev.muster.repository.Pause;
import dev.muster.repository.SegmentFacts;
import dev.muster.repository.StreamException;
import dev.muster.repository.StreamReader;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.repository.wire.RestoreMessage.MeasuredStream;
import dev.muster.repository.wire.Ticket;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One stream from the store to the pipe of its client.
final class StreamRestore {

  private final HttpClient http;
  private final Path folder;
  private final Duration clientTimeout;
  private final Duration silence;
  private final Pause pause;
  private final RandomGenerator random;

  StreamRestore(
      HttpClient http,
      Path folder,
      Duration clientTimeout,
      Duration silence,
      Pause pause,
      RandomGenerator random) {
    this.http = http;
    this.folder = folder;
    this.clientTimeout = clientTimeout;
    this.silence = silence;
    this.pause = pause;
    this.random = random;
  }

  /// How one stream ended; `reason` is empty when it went well.
  record End(String reason, String detail, MeasuredStream measured) {
    boolean good() {
      return reason.isEmpty();
    }
  }

  End restore(Ticket.Stream stream) throws InterruptedException {
    Path path = folder.resolve("streams").resolve(stream.name());
    try {
      Optional<FileChannel> pipe = Fifo.openForWriting(path, clientTimeout);
      if (pipe.isEmpty()) {
        return unread(
            stream, RestoreMessage.CLIENT, "no client opened the pipe within " + clientTimeout);
      }
      try (FileChannel open = pipe.get()) {
        return read(stream, open);
      }
    } catch (IOException e) {
      return unread(stream, RestoreMessage.CLIENT, "the pipe failed: " + e.getMessage());
    }
  }

  private End read(Ticket.Stream stream, FileChannel pipe) {
    HttpSegments source = new HttpSegments(http, stream, silence, pause, random);
    StreamReader reader;
    try {
      reader =
          StreamReader.open(
              facts(stream, source),
              source,
              FileKey.fromBase64(stream.fileKey()),
              stream.plainBytes(),
              stream.plainSha256());
    } catch (IllegalArgumentException e) {
      return unread(stream, RestoreMessage.TICKET, "the ticket's file key is malformed");
    } catch (IOException e) {
      return unread(stream, reason(e), String.valueOf(e.getMessage()));
    }
    try (reader) {
      reader.copyTo(new Client(pipe), () -> {});
      return new End("", "", measured(stream, reader, stream.plainSha256()));
    } catch (ClientStoppedException e) {
      return new End(
          RestoreMessage.CLIENT,
          named(stream, String.valueOf(e.getMessage())),
          measured(stream, reader, ""));
    } catch (IOException e) {
      return new End(
          reason(e), named(stream, String.valueOf(e.getMessage())), measured(stream, reader, ""));
    }
  }

  /// The client's end of the pipe; what fails there is not the store's fault.
  private static final class Client extends OutputStream {
    private final FileChannel pipe;

    Client(FileChannel pipe) {
      this.pipe = pipe;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] block, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(block, offset, length);
      try {
        while (buffer.hasRemaining()) {
          pipe.write(buffer);
        }
      } catch (IOException e) {
        throw new ClientStoppedException(e);
      }
    }
  }

  private static final class ClientStoppedException extends IOException {
    ClientStoppedException(IOException cause) {
      super("the client stopped reading: " + cause.getMessage(), cause);
    }
  }

  private static List<SegmentFacts> facts(Ticket.Stream stream, HttpSegments source) {
    List<SegmentFacts> facts = new ArrayList<>();
    for (Ticket.Segment segment : stream.segments()) {
      facts.add(new SegmentFacts(source.name(facts.size()), segment.bytes(), segment.sha256()));
    }
    return facts;
  }

  private static End unread(Ticket.Stream stream, String reason, String detail) {
    return new End(reason, named(stream, detail), new MeasuredStream(stream.name(), 0, 0, ""));
  }

  private static MeasuredStream measured(
      Ticket.Stream stream, StreamReader reader, String plainSha256) {
    return new MeasuredStream(
        stream.name(), reader.storedBytes(), reader.plainBytes(), plainSha256);
  }

  private static String named(Ticket.Stream stream, String detail) {
    return "stream " + stream.name() + ": " + detail;
  }

  private static String reason(IOException e) {
    return e instanceof StreamException refused ? refused.reason().word() : RestoreMessage.STORE;
  }
}
