package dev.muster.repository;

import static dev.muster.repository.SampleRepository.DATABASE;
import static dev.muster.repository.SampleRepository.GLOBALS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What only a fault of the program that signs could bring about: manifests by the genuine key that
/// state what is not so.
final class SignedFaults {

  private static final int AGE_CHUNK = 64 * 1024 + 16;

  private final SampleRepository sample;
  private final SampleRepository.Point point;
  private final List<Damage> all = new ArrayList<>();

  private SignedFaults(SampleRepository sample) {
    this.sample = sample;
    this.point = sample.shopSecond;
  }

  static List<Damage> of(SampleRepository sample) throws Exception {
    SignedFaults faults = new SignedFaults(sample);
    faults.versions();
    faults.identities();
    faults.streams();
    faults.segments();
    faults.payloads();
    faults.ciphertexts();
    return faults.all;
  }

  private void versions() {
    manifest("version 2", "NewerFormat", m -> m.put("formatVersion", 2));
    manifest(
        "version 2 of another shape", "NewerFormat", m -> m.removeAll().put("formatVersion", 2));
    manifest("version 0", "Malformed", m -> m.put("formatVersion", 0));
    manifest("a version as text", "Malformed", m -> m.put("formatVersion", "1"));
    manifest("a broken version", "Malformed", m -> m.put("formatVersion", 1.5));
    manifest("no version", "Malformed", m -> m.remove("formatVersion"));
  }

  private void identities() {
    identity("no slot", "Malformed", i -> i.remove("slot"));
    identity("a slot that is no time", "Malformed", i -> i.put("slot", "yesterday"));
    identity("another slot", "WrongPlace", i -> i.put("slot", "2026-11-02T02:00:01Z"));
    identity("another run", "WrongPlace", i -> i.put("runId", "anotherrun"));
    identity("no run", "Malformed", i -> i.remove("runId"));
    identity("a run that climbs", "Malformed", i -> i.put("runId", "../run"));
    identity("another attempt", "WrongPlace", i -> i.put("attempt", "a2-00000002"));
    identity("an attempt that climbs", "Malformed", i -> i.put("attempt", "../a1"));
    identity("another cluster", "WrongPlace", i -> i.put("clusterUid", "another-cluster"));
    identity("a cluster that climbs", "Malformed", i -> i.put("clusterUid", "a/b"));
    identity("another workload", "WrongPlace", i -> i.put("workloadKey", "0".repeat(32)));
    identity("another point", "WrongPlace", i -> i.put("point", "20261103T020000Z-shopruntwo"));
    manifest("no identity", "Malformed", m -> m.remove("identity"));
    manifest("null for identity", "Malformed", m -> m.putNull("identity"));
  }

  private void streams() {
    manifest("no streams", "Malformed", m -> m.remove("streams"));
    manifest("an empty list of streams", "Malformed", m -> m.putArray("streams"));
    manifest("null for a stream", "Malformed", m -> ((ArrayNode) m.get("streams")).addNull());
    manifest(
        "a stream twice",
        "Malformed",
        m -> ((ArrayNode) m.get("streams")).add(m.get("streams").get(0)));
    stream("exit code 1", "NotWhole", s -> s.put("exitCode", 1));
    stream("exit code 137", "NotWhole", s -> s.put("exitCode", 137));
    stream("no exit code", "Malformed", s -> s.remove("exitCode"));
    stream("null for an exit code", "Malformed", s -> s.putNull("exitCode"));
    stream("an exit code as text", "Malformed", s -> s.put("exitCode", "0"));
    stream("no end mark", "NotWhole", s -> s.put("trailerSeen", false));
    stream("negative length", "Malformed", s -> s.put("plainBytes", -1));
    stream("no length", "Malformed", s -> s.remove("plainBytes"));
    stream(
        "a length beyond 63 bits",
        "Malformed",
        s -> s.put("plainBytes", new java.math.BigInteger("9223372036854775808")));
    stream(
        "a length of a hundred digits",
        "Malformed",
        s -> s.put("plainBytes", new java.math.BigInteger("9".repeat(100))));
    stream(
        "a byte less", "PlainDigest", s -> s.put("plainBytes", s.get("plainBytes").asLong() - 1));
    stream(
        "a byte more", "PlainDigest", s -> s.put("plainBytes", s.get("plainBytes").asLong() + 1));
    stream("nothing", "PlainDigest", s -> s.put("plainBytes", 0));
    stream("another digest", "PlainDigest", s -> s.put("plainSha256", "00".repeat(32)));
    stream("a short digest", "Malformed", s -> s.put("plainSha256", "00"));
    stream("no digest", "Malformed", s -> s.remove("plainSha256"));
    stream("a name that climbs", "Malformed", s -> s.put("name", "../db"));
    stream("no name", "Malformed", s -> s.remove("name"));
    stream("another name", "WrongPlace", s -> s.put("name", "db-other"));
  }

  private void segments() {
    stream("no segments", "Malformed", s -> s.putArray("segments"));
    stream("no list of segments", "Malformed", s -> s.remove("segments"));
    stream("one segment less", "Decrypt", s -> ((ArrayNode) s.get("segments")).remove(2));
    stream("the first segment less", "WrongPlace", s -> ((ArrayNode) s.get("segments")).remove(0));
    stream(
        "segments in another order",
        "WrongPlace",
        s -> {
          ArrayNode segments = (ArrayNode) s.get("segments");
          segments.add(segments.remove(0));
        });
    stream(
        "a segment twice",
        "WrongPlace",
        s -> ((ArrayNode) s.get("segments")).add(s.get("segments").get(0)));
    stream(
        "the other stream's segment",
        "WrongPlace",
        s -> segment(s).put("key", point.segment(GLOBALS, 1)));
    stream(
        "the other point's segment",
        "WrongPlace",
        s -> segment(s).put("key", sample.shopFirst.segment(DATABASE, 1)));
    stream(
        "a segment that climbs",
        "WrongPlace",
        s -> segment(s).put("key", SampleRepository.folder(point) + "../" + DATABASE));
    stream("a segment of no bytes", "Malformed", s -> segment(s).put("bytes", 0));
    stream("a segment of another length", "SegmentDigest", s -> segment(s).put("bytes", 59_999));
    stream(
        "a segment of another digest",
        "SegmentDigest",
        s -> segment(s).put("sha256", "00".repeat(32)));
    stream(
        "a digest in upper case",
        "Malformed",
        s ->
            segment(s)
                .put(
                    "sha256",
                    segment(s)
                        .get("sha256")
                        .textValue()
                        .toUpperCase(java.util.Locale.ROOT)
                        .replace('1', 'F')));
    stream("a segment without a digest", "Malformed", s -> segment(s).remove("sha256"));
    stream("a segment without a key", "Malformed", s -> segment(s).remove("key"));
  }

  private void payloads() {
    payload("text", "Malformed", "no JSON");
    payload("null", "Malformed", "null");
    payload("a list", "Malformed", "[]");
    payload(
        "deep nesting",
        "Malformed",
        "{\"formatVersion\":1,\"x\":" + "[".repeat(40) + "]".repeat(40) + "}");
    payload("text behind", "Malformed", "{\"formatVersion\":1} {}");
    payload("NaN", "Malformed", "{\"formatVersion\":NaN}");
    add(
        "a manifest beyond its bound",
        "TooLarge",
        objects ->
            objects.put(
                point.key(), sample.signed(point, m -> m.put("more", "x".repeat(100_000)))));
  }

  private void ciphertexts() throws Exception {
    byte[] plain = SampleRepository.noise(2);
    byte[] frame = compressed(plain, 3, 0);
    byte[] ageFile = encrypted(frame, sample.age);
    int payload = ageFile.length - frame.length - 3 * 16;
    written("nothing compressed", "Decompress", encrypted(new byte[0], sample.age), plain);
    written(
        "half a frame",
        "Decompress",
        encrypted(Arrays.copyOf(frame, frame.length / 2), sample.age),
        plain);
    written(
        "a frame without its checksum",
        "Decompress",
        encrypted(Arrays.copyOf(frame, frame.length - 4), sample.age),
        plain);
    written(
        "a frame with another checksum",
        "Decompress",
        encrypted(flip(frame, frame.length - 1), sample.age),
        plain);
    written("no frame at all", "Decompress", encrypted(plain, sample.age), plain);
    written(
        "a frame with garbage behind it",
        "Decompress",
        encrypted(Arrays.copyOf(frame, frame.length + 100), sample.age),
        plain);
    written(
        "two frames", "PlainDigest", encrypted(compressed(plain, 3, 0, plain), sample.age), plain);
    written(
        "a window of 64 MiB", "Decompress", encrypted(compressed(plain, 3, 26), sample.age), plain);
    written(
        "a bomb",
        "PlainDigest",
        encrypted(compressed(new byte[200 << 20], 3, 0), sample.age),
        plain);
    written("another recipient", "Decrypt", encrypted(frame, AgeKeys.generate()), plain);
    written("no age file", "Decrypt", frame, plain);
    written("a header alone", "Decrypt", Arrays.copyOf(ageFile, payload - 16), plain);
    written("no last chunk", "Decrypt", Arrays.copyOf(ageFile, payload + 2 * AGE_CHUNK), plain);
    written("a chunk cut short", "Decrypt", Arrays.copyOf(ageFile, payload + AGE_CHUNK + 9), plain);
    written("chunks swapped", "Decrypt", chunksSwapped(ageFile, payload), plain);
    written(
        "a byte behind the age file", "Decrypt", Arrays.copyOf(ageFile, ageFile.length + 1), plain);
    written("another MAC of the header", "Decrypt", flip(ageFile, payload - 20), plain);
    written("another chunk", "Decrypt", flip(ageFile, payload + 1000), plain);
    written("a header without end", "Decrypt", endless(), plain);
  }

  private static byte[] endless() {
    byte[] header = new byte[4 << 20];
    Arrays.fill(header, (byte) 'x');
    byte[] start = "age-encryption.org/v1\n-> ".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(start, 0, header, 0, start.length);
    return header;
  }

  /// The point with this as the ciphertext of its database, rightly signed.
  private void written(String name, String word, byte[] ciphertext, byte[] plain) {
    var data = new TreeMap<String, byte[]>();
    Manifest.Stream stream =
        SampleRepository.stored(
            data, SampleRepository.folder(point), DATABASE, List.of(ciphertext), plain);
    byte[] signed =
        new ManifestSigner(sample.signer)
            .sign(SampleRepository.with(point.manifest(), List.of(stream, point.stream(GLOBALS))));
    add(
        name,
        word,
        objects -> {
          objects.putAll(data);
          objects.put(point.key(), signed);
        });
  }

  private void payload(String name, String word, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(
        "payload: " + name,
        word,
        objects ->
            objects.put(
                point.key(), Envelope.sign(ManifestSigner.PAYLOAD_TYPE, bytes, sample.signer)));
  }

  private void identity(String name, String word, Consumer<ObjectNode> change) {
    manifest("identity: " + name, word, m -> change.accept((ObjectNode) m.get("identity")));
  }

  private void stream(String name, String word, Consumer<ObjectNode> change) {
    manifest("stream: " + name, word, m -> change.accept((ObjectNode) m.get("streams").get(0)));
  }

  private void manifest(String name, String word, Consumer<ObjectNode> change) {
    add(name, word, objects -> objects.put(point.key(), sample.signed(point, change)));
  }

  private void add(String name, String word, Consumer<Map<String, byte[]>> change) {
    all.add(new Damage("signed " + name, word, change));
  }

  private static ObjectNode segment(ObjectNode stream) {
    return (ObjectNode) stream.get("segments").get(0);
  }

  private static byte[] compressed(byte[] plain, int level, int windowLog, byte[]... more)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (var zstd = new ZstdOutputStreamNoFinalizer(all, level)) {
      zstd.setChecksum(true);
      if (windowLog > 0) {
        zstd.setLong(windowLog);
      }
      zstd.write(plain);
    }
    for (byte[] next : more) {
      all.writeBytes(Zstd.compress(next, level));
    }
    return all.toByteArray();
  }

  private static byte[] encrypted(byte[] content, AgeKeys keys) throws Exception {
    return AgeFile.encrypt(content, keys.recipient());
  }

  private static byte[] chunksSwapped(byte[] file, int payload) {
    byte[] swapped = file.clone();
    System.arraycopy(file, payload, swapped, payload + AGE_CHUNK, AGE_CHUNK);
    System.arraycopy(file, payload + AGE_CHUNK, swapped, payload, AGE_CHUNK);
    return swapped;
  }

  private static byte[] flip(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }
}
