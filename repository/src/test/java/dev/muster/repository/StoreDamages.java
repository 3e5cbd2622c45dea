package dev.muster.repository;

import static dev.muster.repository.SampleRepository.DATABASE;
import static dev.muster.repository.SampleRepository.GLOBALS;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What a fault of the store, or somebody who may write to it and knows the age public keys, can do
/// to the second point of the shop. None of it needs the signing key.
final class StoreDamages {

  private static final int AGE_HEADER = 16;
  private static final int AGE_CHUNK = 64 * 1024 + 16;

  private final SampleRepository sample;
  private final SampleRepository.Point point;
  private final List<Damage> all = new ArrayList<>();

  private StoreDamages(SampleRepository sample) {
    this.sample = sample;
    this.point = sample.shopSecond;
  }

  static List<Damage> of(SampleRepository sample) throws Exception {
    StoreDamages damages = new StoreDamages(sample);
    damages.truncated();
    damages.flipped();
    damages.swapped();
    damages.replayed();
    damages.forged();
    damages.manifests();
    damages.markers();
    return damages.all;
  }

  private void truncated() {
    for (String segment : segments()) {
      int length = sample.object(segment).length;
      add("without " + segment, "SegmentMissing", objects -> objects.remove(segment));
      for (int left : new int[] {0, 1, 22, length / 3, length - 17, length - 1}) {
        change(segment, left + " bytes of ", "SegmentDigest", b -> Arrays.copyOf(b, left));
      }
      change(segment, "a byte behind ", "SegmentDigest", b -> Arrays.copyOf(b, b.length + 1));
      change(segment, "twice ", "SegmentDigest", b -> joined(b, b));
    }
    int header = header(sample.object(point.segment(DATABASE, 1))) + AGE_HEADER;
    for (int chunk = 0; chunk < 3; chunk++) {
      int end = header + chunk * AGE_CHUNK;
      add("age file ends at chunk " + chunk, "SegmentDigest", objects -> cut(objects, end));
    }
  }

  /// Of the whole age file: what follows the cut is gone as well.
  private void cut(Map<String, byte[]> objects, int end) {
    int before = 0;
    for (Manifest.Segment segment : point.stream(DATABASE).segments()) {
      int left = Math.clamp(end - before, 0, (int) segment.bytes());
      before += (int) segment.bytes();
      objects.put(segment.key(), Arrays.copyOf(objects.get(segment.key()), left));
    }
  }

  private void flipped() {
    for (String segment : segments()) {
      int length = sample.object(segment).length;
      for (int at : new int[] {0, 7, 40, 150, 190, length / 2, length - 20, length - 1}) {
        change(segment, "bit of byte " + at + " of ", "SegmentDigest", b -> flip(b, at));
      }
    }
  }

  private void swapped() {
    add(
        "segments 1 and 2 swapped",
        "SegmentDigest",
        objects -> swap(objects, point.segment(DATABASE, 1), point.segment(DATABASE, 2)));
    add(
        "segments 2 and 3 swapped",
        "SegmentDigest",
        objects -> swap(objects, point.segment(DATABASE, 2), point.segment(DATABASE, 3)));
    add(
        "segment 2 twice",
        "SegmentDigest",
        objects ->
            objects.put(point.segment(DATABASE, 3), objects.get(point.segment(DATABASE, 2))));
    add(
        "streams swapped",
        "SegmentDigest",
        objects -> swap(objects, point.segment(DATABASE, 1), point.segment(GLOBALS, 1)));
    for (SampleRepository.Point other : List.of(sample.shopFirst, sample.blogSecond)) {
      String name = other.manifest().identity().runId();
      add(
          "manifests swapped with " + name,
          "WrongPlace",
          objects -> swap(objects, point.key(), other.key()));
      for (int number = 1; number <= 3; number++) {
        int n = number;
        add(
            "segment %d spliced from %s".formatted(n, name),
            "SegmentDigest",
            objects ->
                objects.put(point.segment(DATABASE, n), objects.get(other.segment(DATABASE, n))));
      }
      add(
          "header spliced from " + name,
          "SegmentDigest",
          objects ->
              objects.merge(
                  point.segment(DATABASE, 1),
                  objects.get(other.segment(DATABASE, 1)),
                  StoreDamages::withHeaderOf));
    }
  }

  private void replayed() {
    add(
        "the first point's manifest at the second's place",
        "WrongPlace",
        objects -> objects.put(point.key(), objects.get(sample.shopFirst.key())));
    add(
        "the blog's manifest at the shop's place",
        "WrongPlace",
        objects -> objects.put(point.key(), objects.get(sample.blogSecond.key())));
    add(
        "all data of the first point in the second's place",
        "SegmentDigest",
        objects -> {
          for (String stream : List.of(DATABASE, GLOBALS)) {
            for (int n = 1; n <= point.stream(stream).segments().size(); n++) {
              objects.put(
                  point.segment(stream, n), objects.get(sample.shopFirst.segment(stream, n)));
            }
          }
        });
    add("no manifest", "Absent", objects -> objects.remove(point.key()));
    add(
        "an evidence statement as a manifest",
        "Malformed",
        objects -> objects.put(point.key(), objects.get(SampleRepository.KEYS.evidence(2026, 1))));
  }

  private void forged() throws Exception {
    byte[] plain = SampleRepository.noise(2);
    for (String what : List.of("the same plaintext", "another plaintext")) {
      byte[] content = what.startsWith("the same") ? plain : SampleRepository.noise(9);
      var forged = new TreeMap<String, byte[]>();
      Manifest.Stream stream =
          SampleRepository.store(
              forged, SampleRepository.folder(point), DATABASE, content, sample.age.recipient());
      add(what + " encrypted anew", "SegmentDigest", objects -> objects.putAll(forged));
      Manifest.Stream globals = point.stream(GLOBALS);
      SigningKey own = SigningKey.generate();
      Manifest manifest = SampleRepository.with(point.manifest(), List.of(stream, globals));
      byte[] signed = new ManifestSigner(own).sign(manifest);
      add(
          what + " with a manifest of their own",
          "UnknownSigner",
          objects -> {
            objects.putAll(forged);
            objects.put(point.key(), signed);
          });
      add(
          what + " under the name of the pinned key",
          "BadSignature",
          objects -> {
            objects.putAll(forged);
            objects.put(
                point.key(),
                envelope(signed, e -> signature(e).put("keyid", sample.signer.publicKey().id())));
          });
      add(
          what + " under the old signature",
          "BadSignature",
          objects -> {
            objects.putAll(forged);
            String payload = envelope(signed).get("payload").textValue();
            objects.merge(
                point.key(),
                new byte[0],
                (stored, _) -> envelope(stored, e -> e.put("payload", payload)));
          });
    }
  }

  private void manifests() {
    int length = sample.object(point.key()).length;
    for (int left : new int[] {0, 1, 50, length / 2, length - 100, length - 1}) {
      change(point.key(), left + " bytes of ", "Malformed", b -> Arrays.copyOf(b, left));
    }
    change(
        point.key(),
        "text behind ",
        "Malformed",
        b -> joined(b, "{}".getBytes(StandardCharsets.UTF_8)));
    change(
        point.key(),
        "128 KiB behind ",
        "TooLarge",
        b -> {
          byte[] padded = Arrays.copyOf(b, Sizes.MANIFEST + 1);
          Arrays.fill(padded, b.length, padded.length, (byte) ' ');
          return padded;
        });
    change(point.key(), "no text but ", "Malformed", b -> new byte[] {(byte) 0xff, (byte) 0xfe});
    change(point.key(), "null for ", "Malformed", b -> "null".getBytes(StandardCharsets.UTF_8));
    change(point.key(), "a list for ", "Malformed", b -> "[]".getBytes(StandardCharsets.UTF_8));
    change(
        point.key(),
        "deep nesting in ",
        "Malformed",
        b -> ("[".repeat(5000) + "]".repeat(5000)).getBytes(StandardCharsets.UTF_8));
    for (int at : new int[] {1, 77, 300, 1001}) {
      envelope(
          "character " + at + " of the payload",
          "BadSignature",
          e -> e.put("payload", changed(e.get("payload").textValue(), at)));
    }
    for (int at : new int[] {0, 20, 43, 60, 80}) {
      envelope(
          "character " + at + " of the signature",
          "BadSignature",
          e -> signature(e).put("sig", changed(signature(e).get("sig").textValue(), at)));
    }
    envelope("an empty signature", "BadSignature", e -> signature(e).put("sig", ""));
    envelope("a signature that is no base64", "BadSignature", e -> signature(e).put("sig", "%%"));
    envelope("a signature without its value", "BadSignature", e -> signature(e).remove("sig"));
    envelope(
        "half a signature",
        "BadSignature",
        e -> signature(e).put("sig", signature(e).get("sig").textValue().substring(0, 44)));
    envelope("another keyid", "UnknownSigner", e -> signature(e).put("keyid", "00".repeat(32)));
    envelope("no keyid", "UnknownSigner", e -> signature(e).remove("keyid"));
    envelope("no signature", "UnknownSigner", e -> e.putArray("signatures"));
    envelope(
        "a good and a bad signature",
        "BadSignature",
        e ->
            e.withArray("signatures")
                .addObject()
                .put("keyid", sample.signer.publicKey().id())
                .put("sig", "AAAA"));
    envelope("signatures that are none", "Malformed", e -> e.put("signatures", 7));
    envelope("no signatures field", "Malformed", e -> e.remove("signatures"));
    envelope("no payload", "Malformed", e -> e.remove("payload"));
    envelope("a payload that is no base64", "Malformed", e -> e.put("payload", "{}"));
    envelope("no type", "Malformed", e -> e.remove("payloadType"));
    envelope("another type", "Malformed", e -> e.put("payloadType", EvidenceLog.PAYLOAD_TYPE));
    envelope("an empty payload", "BadSignature", e -> e.put("payload", ""));
  }

  private void markers() {
    marker("of another program", "ForeignMarker", "{\"version\":1}");
    marker("that is no JSON", "ForeignMarker", "restic");
    marker("without an id", "ForeignMarker", "{\"formatVersion\":1}");
    marker("of version 0", "ForeignMarker", "{\"formatVersion\":0,\"repositoryId\":\"x\"}");
    marker("that is null", "ForeignMarker", "null");
    marker("of the next version", "NewerFormat", "{\"formatVersion\":2,\"repositoryId\":\"x\"}");
  }

  private void marker(String name, String word, String text) {
    add(
        "marker " + name,
        word,
        objects -> objects.put(Keys.MARKER, text.getBytes(StandardCharsets.UTF_8)));
  }

  private void envelope(String name, String word, Consumer<ObjectNode> change) {
    add(
        name,
        word,
        objects ->
            objects.merge(point.key(), new byte[0], (stored, _) -> envelope(stored, change)));
  }

  private void change(String key, String what, String word, UnaryOperator<byte[]> change) {
    add(what + key, word, objects -> objects.merge(key, new byte[0], (b, _) -> change.apply(b)));
  }

  private void add(String name, String word, Consumer<Map<String, byte[]>> change) {
    all.add(new Damage(name, word, change));
  }

  private List<String> segments() {
    return point.manifest().streams().stream()
        .flatMap(stream -> stream.segments().stream().map(Manifest.Segment::key))
        .toList();
  }

  private static ObjectNode signature(ObjectNode envelope) {
    return (ObjectNode) envelope.get("signatures").get(0);
  }

  private static byte[] envelope(byte[] stored, Consumer<ObjectNode> change) {
    ObjectNode envelope = envelope(stored);
    change.accept(envelope);
    return Json.encode(envelope);
  }

  private static ObjectNode envelope(byte[] stored) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(stored);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Another character of base64 in one place.
  private static String changed(String base64, int at) {
    char other = base64.charAt(at) == 'A' ? 'B' : 'A';
    return base64.substring(0, at) + other + base64.substring(at + 1);
  }

  private static void swap(Map<String, byte[]> objects, String one, String other) {
    byte[] first = objects.get(one);
    objects.put(one, objects.get(other));
    objects.put(other, first);
  }

  private static byte[] flip(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static byte[] withHeaderOf(byte[] body, byte[] other) {
    return joined(
        Arrays.copyOf(other, header(other)), Arrays.copyOfRange(body, header(body), body.length));
  }

  /// Where age's header ends: behind the line of its MAC.
  private static int header(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return text.indexOf('\n', text.indexOf("\n---") + 1) + 1;
  }
}
