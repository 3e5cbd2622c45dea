package dev.muster.repository.probe;

import dev.muster.repository.BackupStore;
import dev.muster.repository.Digests;
import dev.muster.repository.StoredPart;
import java.util.List;
import java.util.Random;

/// The folder of one probe, and what it puts there.
record Scratch(BackupStore store, String folder) {

  String key(String name) {
    return folder + name;
  }

  /// Starts an upload of one part.
  String upload(String key, byte[] content) {
    String upload = store.createUpload(key);
    store.putPart(key, upload, 1, content, Digests.sha256(content));
    return upload;
  }

  List<StoredPart> parts(String key, String upload) {
    return store.listParts(key, upload);
  }

  /// Bytes that differ by seed.
  static byte[] noise(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
