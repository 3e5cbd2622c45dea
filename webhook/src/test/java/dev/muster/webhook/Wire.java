package dev.muster.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// One TLS connection that speaks whatever it is told to.
final class Wire implements AutoCloseable {
  private static final int PATIENCE = 20_000;

  private final Socket socket;
  private final InputStream in;

  Wire(SSLContext tls, int port) throws IOException {
    this.socket = tls.getSocketFactory().createSocket("127.0.0.1", port);
    this.socket.setSoTimeout(PATIENCE);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /// @param body of an answer with a length; all others have none here
  record Reply(int status, String body) {}

  static String head(String path, String... headers) {
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines(headers) + "\r\n";
  }

  private static String lines(String... headers) {
    var lines = new StringBuilder();
    for (var each : headers) {
      lines.append(each).append("\r\n");
    }
    return lines.toString();
  }

  Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /// A whole request for a review, on a connection that lives on.
  Wire post(byte[] body) throws IOException {
    return send(head(
            "/v1/mutate/warn", "Content-Type: application/json", "Content-Length: " + body.length))
        .send(body);
  }

  /// The next answer; empty when the server has hung up instead.
  Optional<Reply> reply() throws IOException {
    try {
      var status = line();
      if (status.isEmpty()) {
        return Optional.empty();
      }
      int length = 0;
      for (var header = line(); !header.isEmpty(); header = line()) {
        if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
          length = Integer.parseInt(header.substring(15).strip());
        }
      }
      var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      return Optional.of(new Reply(Integer.parseInt(status.split(" ", 3)[1]), body));
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      return Optional.empty();
    }
  }

  /// Sends the text again and again, each time after a moment without an answer, until there is one
  /// or the server has hung up.
  Optional<Reply> trickle(String text) throws IOException {
    socket.setSoTimeout(100);
    try {
      for (int sent = 0; sent < 300 && !answered(); sent++) {
        send(text);
      }
    } catch (IOException reset) {
      return Optional.empty();
    }
    socket.setSoTimeout(PATIENCE);
    return reply();
  }

  private boolean answered() throws IOException {
    in.mark(1);
    try {
      in.read();
    } catch (SocketTimeoutException nothing) {
      return false;
    }
    in.reset();
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
      line.append((char) each);
    }
    return line.toString().stripTrailing();
  }
}
