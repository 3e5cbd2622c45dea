package dev.muster.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Stands before a server on 127.0.0.1 and resets some connections after a random number of bytes:
/// the cuts come from a seed, so that a failure can be run again. One connection may also be told
/// to stall: it stays open, and nothing comes through any more.
public final class CuttingProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final RandomGenerator random;
  private final int maxBytes;
  private final AtomicInteger cutsLeft;
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicLong stallAfter = new AtomicLong(Long.MAX_VALUE);
  private final AtomicInteger stalls = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private CuttingProxy(
      ServerSocket listener, int target, RandomGenerator random, int maxBytes, int cuts) {
    this.listener = listener;
    this.target = target;
    this.random = random;
    this.maxBytes = maxBytes;
    this.cutsLeft = new AtomicInteger(cuts);
  }

  /// Cuts `cuts` connections, each after 1 to `maxBytes` bytes in one direction.
  public static CuttingProxy start(int target, RandomGenerator random, int maxBytes, int cuts)
      throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    CuttingProxy proxy = new CuttingProxy(listener, target, random, maxBytes, cuts);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// How many connections were cut so far.
  public int cuts() {
    return cuts.get();
  }

  /// From now on this many more connections are cut.
  public void cutAgain(int more) {
    cutsLeft.set(more);
  }

  /// The next new connection stalls after so many bytes in one direction.
  public void stallNext(long bytes) {
    stallAfter.set(bytes);
  }

  /// How many connections stalled so far.
  public int stalls() {
    return stalls.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        long limit = cutsLeft.getAndDecrement() > 0 ? 1 + random.nextInt(maxBytes) : Long.MAX_VALUE;
        long stall = stallAfter.getAndSet(Long.MAX_VALUE);
        threads.execute(() -> pump(client, server, limit, stall));
        threads.execute(() -> pump(server, client, limit, stall));
      } catch (IOException e) {
        // The listener was closed, or one connection failed: go on.
      }
    }
  }

  private void pump(Socket from, Socket to, long limit, long stall) {
    byte[] block = new byte[8192];
    long passed = 0;
    boolean stalled = false;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        passed += count;
        if (passed > limit) {
          cuts.incrementAndGet();
          reset(from);
          reset(to);
          return;
        }
        if (passed <= stall) {
          out.write(block, 0, count);
        } else if (!stalled) {
          stalled = true;
          stalls.incrementAndGet();
        }
      }
      if (!stalled) {
        to.shutdownOutput();
      }
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  /// Closing without lingering sends RST, as a lost peer's kernel does.
  private static void reset(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
      }
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
