package dev.muster.repository.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.repository.Sizes;
import dev.muster.repository.StoreException;
import dev.muster.testkit.Covers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A store that takes the connection and then says nothing, or hardly anything.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class S3SilenceIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Socket> taken = new LinkedBlockingQueue<>();
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    for (Socket socket : taken) {
      socket.close();
    }
    threads.shutdownNow();
  }

  @Test
  @Covers("F68")
  void smallCallEndsWhereDataIsStillWaitedFor() throws Exception {
    try (S3BackupStore store = open(new S3Limits(LONG, Duration.ofMillis(300), LONG))) {
      Future<byte[]> data = threads.submit(() -> read(store));
      Socket waiting = taken.take();

      assertUnavailable(() -> store.list("runs/"));
      assertUnavailable(() -> store.head("k"));
      assertUnavailable(() -> store.get("k", 10));
      assertUnavailable(() -> store.putIfAbsent("k", new byte[] {1}));
      assertThat(data.isDone()).isFalse();

      send(waiting, OK + "hello");
      assertThat(data.get()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  @Covers("F68")
  void smallObjectThatTricklesEndsByTheClock() {
    try (S3BackupStore store = open(new S3Limits(LONG, LONG, Duration.ofMillis(600)))) {
      threads.execute(() -> trickle(100_000, 1));

      assertUnavailable(() -> store.get("k", 1 << 20));
    }
  }

  @Test
  void largeEntryOfTheJournalMayTakeItsTime() {
    int bytes = Sizes.SMALL_OBJECT + 1;
    try (S3BackupStore store = open(new S3Limits(LONG, LONG, Duration.ofMillis(600)))) {
      threads.execute(() -> trickle(bytes, bytes / 20));

      assertThat(store.get("k", 1 << 20).orElseThrow()).hasSize(bytes);
    }
  }

  private void assertUnavailable(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE))
        .hasMessageContaining("store http://127.0.0.1:" + listener.getLocalPort())
        .hasMessageContaining("bucket muster");
  }

  private static byte[] read(S3BackupStore store) throws IOException {
    try (InputStream in = store.openStream("data", 0, -1)) {
      return in.readAllBytes();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        taken.add(listener.accept());
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /// Answers with so many bytes, twenty times a second a few of them.
  private void trickle(int all, int few) {
    try {
      Socket socket = taken.take();
      send(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + all + "\r\n\r\n");
      for (int left = all; left > 0; left -= few) {
        send(socket, "x".repeat(Math.min(few, left)));
        var unused = taken.poll(50, TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      // The client went away, as it should.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private S3BackupStore open(S3Limits small) {
    return S3BackupStore.open(
        new S3Settings(
            URI.create("http://127.0.0.1:" + listener.getLocalPort()),
            "us-east-1",
            "muster",
            true,
            Optional.empty(),
            new S3Credentials("id", "secret", Optional.empty())),
        small,
        S3Limits.DATA);
  }
}
