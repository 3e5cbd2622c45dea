package dev.muster.cli;

import dev.muster.repository.FileKeys;
import dev.muster.repository.Manifest;
import dev.muster.repository.Pause;
import dev.muster.repository.PointVerifier;
import dev.muster.repository.StreamException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// One stream of a point as it was dumped, into a new file or a pipe: needs store and identity, and
/// neither a cluster nor a server.
final class StreamFile {

  /// Standard output.
  static final String PIPE = "-";

  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Session session;
  private final FileKeys keys;
  private final PrintWriter err;

  StreamFile(Session session, FileKeys keys, PrintWriter err) {
    this.session = session;
    this.keys = keys;
    this.err = err;
  }

  /// Empty if it succeeded, else why not; then there is no file.
  Optional<String> write(NamedPoint point, Optional<String> name, String to) {
    Manifest.Stream stream = chosen(point, name);
    try {
      if (to.equals(PIPE)) {
        // Not System.out, which keeps quiet about what it could not write.
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
          decode(point, stream, out);
        }
      } else {
        toFile(point, stream, Path.of(to).toAbsolutePath());
      }
      return Optional.empty();
    } catch (StreamException e) {
      return Optional.of(
          "stream %s: %s: %s".formatted(stream.name(), e.reason().word(), e.getMessage()));
    } catch (FileAlreadyExistsException e) {
      throw new BadInput(to + " exists and is kept: name another file", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + to, e);
    }
  }

  private static Manifest.Stream chosen(NamedPoint point, Optional<String> name) {
    List<Manifest.Stream> streams = point.manifest().streams();
    List<String> names = streams.stream().map(Manifest.Stream::name).toList();
    if (name.isEmpty() && streams.size() > 1) {
      throw new BadInput(
          "point %s has the streams %s: choose one with --stream".formatted(point.id(), names));
    }
    return streams.stream()
        .filter(stream -> name.isEmpty() || stream.name().equals(name.get()))
        .findFirst()
        .orElseThrow(() ->
            new BadInput(
                "point %s has no stream %s; it has %s"
                    .formatted(point.id(), name.orElse(""), names)));
  }

  /// Gets its name when everything was checked.
  private void toFile(NamedPoint point, Manifest.Stream stream, Path file) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new BadInput("there is no folder " + folder + " for " + file.getFileName());
    }
    Path unfinished = Files.createTempFile(folder, "." + file.getFileName(), ".part", OWNER);
    try {
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        decode(point, stream, Channels.newOutputStream(channel));
        channel.force(true);
      }
      Files.createLink(file, unfinished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void decode(NamedPoint point, Manifest.Stream stream, OutputStream to)
      throws IOException {
    ProgressLine progress = new ProgressLine(err, "reading " + point.id(), stream.storedBytes());
    new PointVerifier(session.store(), Pause.real(), new SecureRandom())
        .decode(stream, keys, to, progress::at);
  }
}
