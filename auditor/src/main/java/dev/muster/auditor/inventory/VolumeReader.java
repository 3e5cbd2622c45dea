package dev.muster.auditor.inventory;

import dev.muster.auditor.inventory.MetadataReader.Keep;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads a PersistentVolume.
final class VolumeReader {
  private final Tokens tokens;
  private final Pool pool;
  private Metadata metadata = ObjectReader.NOBODY;
  private String phase = "";
  private @Nullable String storageClass;
  private @Nullable String size;
  private String reclaimPolicy = "";
  private String driver = "";
  private String handle = "";
  private String claimNamespace = "";
  private String claimName = "";
  private String claimUid = "";

  private VolumeReader(Tokens tokens, Pool pool) {
    this.tokens = tokens;
    this.pool = pool;
  }

  static VolumeFacts read(Tokens tokens, Pool pool) throws IOException {
    VolumeReader reader = new VolumeReader(tokens, pool);
    tokens.object(reader::field);
    return new VolumeFacts(
        reader.metadata,
        reader.phase,
        reader.storageClass,
        reader.size,
        reader.reclaimPolicy,
        reader.driver,
        reader.handle,
        reader.claimNamespace,
        reader.claimName,
        reader.claimUid);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "metadata" -> metadata = MetadataReader.read(tokens, pool, Keep.NAME);
      case "spec" -> tokens.object(this::spec);
      case "status" -> tokens.object(this::status);
      default -> tokens.skip();
    }
  }

  private void spec(String field) throws IOException {
    switch (field) {
      case "persistentVolumeReclaimPolicy" -> reclaimPolicy = tokens.word();
      case "storageClassName" -> {
        String named = tokens.word();
        storageClass = named.isEmpty() ? null : named;
      }
      case "capacity" -> tokens.entries(this::capacity);
      // What JSON shows inline.
      case "persistentVolumeSource" -> tokens.object(this::spec);
      case "csi" -> tokens.object(this::csi);
      case "claimRef" -> tokens.object(this::claim);
      default -> tokens.skip();
    }
  }

  private void capacity(String field) throws IOException {
    if (field.equals("storage")) {
      size = pool.one(tokens.quantity());
    } else {
      tokens.skip();
    }
  }

  private void csi(String field) throws IOException {
    switch (field) {
      case "driver" -> driver = tokens.word();
      case "volumeHandle" -> handle = tokens.text();
      default -> tokens.skip();
    }
  }

  private void claim(String field) throws IOException {
    switch (field) {
      case "namespace" -> claimNamespace = tokens.word();
      case "name" -> claimName = pool.name(tokens.text());
      case "uid" -> claimUid = tokens.text();
      default -> tokens.skip();
    }
  }

  private void status(String field) throws IOException {
    if (field.equals("phase")) {
      phase = tokens.word();
    } else {
      tokens.skip();
    }
  }
}
