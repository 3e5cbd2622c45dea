package dev.muster.repository.directory;

import dev.muster.repository.Digests;
import dev.muster.repository.OpenUpload;
import dev.muster.repository.StoreException;
import dev.muster.repository.StoredPart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Uploads that nobody completed: a folder for each, with its key and a file for each part, named
/// by number and digest.
final class Uploads {

  private static final String KEY = "key";

  private final Path root;

  Uploads(Path root) {
    this.root = root;
  }

  String create(String key) throws IOException {
    String id = UUID.randomUUID().toString();
    Path folder = Files.createDirectories(root.resolve(id));
    Durable.write(folder.resolve(KEY), key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return id;
  }

  /// Its folder, if it is an open upload of this key.
  Optional<Path> find(String key, String id) throws IOException {
    if (!id.matches("[0-9a-f-]{36}")) {
      return Optional.empty();
    }
    try {
      return Files.readString(root.resolve(id).resolve(KEY)).equals(key)
          ? Optional.of(root.resolve(id))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// The last part of a number counts.
  void put(Path upload, int number, byte[] content, String sha256) throws IOException {
    if (!Digests.sha256(content).equals(sha256)) {
      throw new StoreException(
          StoreException.Kind.UNSUPPORTED, "part " + number + " has another digest", null);
    }
    Path part = upload.resolve("%05d-%s".formatted(number, sha256));
    Path unfinished = upload.resolve("." + UUID.randomUUID());
    Durable.write(unfinished, content);
    Durable.rename(unfinished, part);
    for (Path other : files(upload)) {
      if (number(other) == number && !other.equals(part)) {
        Files.deleteIfExists(other);
      }
    }
  }

  List<StoredPart> parts(Path upload) throws IOException {
    List<StoredPart> parts = new ArrayList<>();
    for (Path file : files(upload)) {
      String sha256 = file.getFileName().toString().substring(6);
      parts.add(new StoredPart(number(file), Files.size(file), sha256, Optional.of(sha256)));
    }
    parts.sort(Comparator.comparingInt(StoredPart::number));
    return List.copyOf(parts);
  }

  void join(Path upload, List<StoredPart> parts, OutputStream to) throws IOException {
    for (StoredPart part : parts) {
      Path file = upload.resolve("%05d-%s".formatted(part.number(), part.etag()));
      if (!Files.exists(file)) {
        throw new StoreException(
            StoreException.Kind.UNSUPPORTED, "there is no part " + part.number(), null);
      }
      Files.copy(file, to);
    }
  }

  void delete(Path upload) throws IOException {
    try (Stream<Path> files = Files.list(upload)) {
      for (Path file : files.sorted(Comparator.comparing(Uploads::isKey)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(upload);
  }

  List<OpenUpload> open(String prefix) throws IOException {
    List<OpenUpload> open = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> folders = Files.list(root)) {
        for (Path folder : folders.sorted().toList()) {
          Path file = folder.resolve(KEY);
          if (Files.exists(file) && Files.readString(file).startsWith(prefix)) {
            open.add(
                new OpenUpload(
                    Files.readString(file),
                    folder.getFileName().toString(),
                    Files.getLastModifiedTime(file).toInstant()));
          }
        }
      }
    }
    return List.copyOf(open);
  }

  private static List<Path> files(Path upload) throws IOException {
    try (Stream<Path> files = Files.list(upload)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9]{5}-[0-9a-f]{64}"))
          .toList();
    }
  }

  private static int number(Path part) {
    return Integer.parseInt(part.getFileName().toString().substring(0, 5));
  }

  private static boolean isKey(Path file) {
    return file.endsWith(KEY);
  }
}
