package dev.muster.mover;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A named pipe: made through libc, since an image without a shell has no mkfifo, and opened with a
/// deadline, since opening blocks until the other side comes.
final class Fifo {

  private static final int EEXIST = 17;
  private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle MKFIFO =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().find("mkfifo").orElseThrow(),
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
              Linker.Option.captureCallState("errno"));

  private Fifo() {}

  /// Makes a pipe with these permissions (`rw-rw-rw-`), whatever the umask. One that is there is
  /// kept.
  static void make(Path path, String permissions) throws IOException {
    int errno = mkfifo(path.toAbsolutePath().toString());
    if (errno != 0 && errno != EEXIST) {
      throw new IOException("cannot make the pipe " + path + ": errno " + errno);
    }
    if (errno == 0) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  /// Opens for reading once a writer comes, or empty when none came in time.
  static Optional<FileChannel> openForReading(Path path, Duration deadline)
      throws IOException, InterruptedException {
    return open(path, StandardOpenOption.READ, deadline);
  }

  /// Opens for writing once a reader comes, or empty when none came in time.
  static Optional<FileChannel> openForWriting(Path path, Duration deadline)
      throws IOException, InterruptedException {
    return open(path, StandardOpenOption.WRITE, deadline);
  }

  private static Optional<FileChannel> open(Path path, OpenOption how, Duration deadline)
      throws IOException, InterruptedException {
    CompletableFuture<FileChannel> opened = new CompletableFuture<>();
    Thread opener =
        Thread.ofPlatform()
            .daemon()
            .name("open " + path.getFileName())
            .start(() -> {
              try {
                FileChannel channel = FileChannel.open(path, how);
                if (!opened.complete(channel)) {
                  channel.close();
                }
              } catch (IOException | RuntimeException e) {
                opened.completeExceptionally(e);
              }
            });
    try {
      return Optional.of(opened.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return giveUp(path, opened, opener);
    } catch (InterruptedException e) {
      var late = giveUp(path, opened, opener);
      if (late.isPresent()) {
        late.get().close();
      }
      throw e;
    } catch (ExecutionException e) {
      throw new IOException("cannot open the pipe " + path + ": " + e.getCause(), e.getCause());
    }
  }

  /// The opening thread hangs in open(2), or will. Opening both ends never blocks and lets it go
  /// on; they stay open until it has, or a later peer would meet nobody there.
  private static Optional<FileChannel> giveUp(
      Path path, CompletableFuture<FileChannel> opened, Thread opener)
      throws IOException, InterruptedException {
    if (!opened.cancel(false)) {
      return Optional.of(opened.join());
    }
    try (RandomAccessFile _ = new RandomAccessFile(path.toFile(), "rw")) {
      opener.join();
    }
    return Optional.empty();
  }

  private static int mkfifo(String path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO);
      int result = (int) MKFIFO.invokeExact(state, arena.allocateFrom(path), 0666);
      return result == 0 ? 0 : (int) ERRNO_VALUE.get(state, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("calling mkfifo failed", e);
    }
  }
}
