package dev.muster.repository;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signed statements in a hash chain that lives in the store and outlives the cluster. Appending is
/// one conditional creation: of two writers one gets a number and the other tries the next.
public final class EvidenceLog {

  /// The DSSE payload type of in-toto statements.
  public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  /// The largest statement with its envelope.
  public static final int LIMIT = Sizes.SMALL_OBJECT;

  private static final int ATTEMPTS = 32;

  private final BackupStore store;
  private final Keys keys;
  private final SigningKey signer;

  public EvidenceLog(BackupStore store, Keys keys, SigningKey signer) {
    this.store = store;
    this.keys = keys;
    this.signer = signer;
  }

  /// The end of a chain; keep it also in a second place, since a chain cut at its end still
  /// verifies.
  public record Head(long sequence, String sha256, String key) {

    /// `<sequence>:<sha256>`, as it is written down elsewhere.
    public String text() {
      return sequence + ":" + sha256;
    }
  }

  /// Appends a result about a stored object and returns the new head. Throws [StoreException] when
  /// it is not certain that the statement is stored; appending again may then store it twice.
  public Head append(
      Instant at, String subjectKey, String subjectSha256, String predicateType, Object result) {
    Optional<Last> last = last();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long sequence = last.map(l -> l.head().sequence()).orElse(0L) + 1;
      var link = new Statement.Link(sequence, last.map(l -> l.head().sha256()).orElse(null));
      Instant time = last.map(Last::recordedAt).filter(at::isBefore).orElse(at);
      byte[] envelope = sign(link, time, subjectKey, subjectSha256, predicateType, result);
      String key = keys.evidence(time.atZone(ZoneOffset.UTC).getYear(), sequence);
      switch (Commit.commit(store, key, envelope)) {
        case Commit.Outcome.Committed() -> {
          return new Head(sequence, Digests.sha256(envelope), key);
        }
        case Commit.Outcome.Lost(var stored) -> last = Optional.of(last(sequence, key, stored));
      }
    }
    throw new StoreException(
        StoreException.Kind.UNAVAILABLE,
        "no place in the evidence chain after " + ATTEMPTS + " attempts: others append too fast",
        null);
  }

  /// The newest statement, or empty. Throws [StoreException].
  public Optional<Head> head() {
    return last().map(Last::head);
  }

  /// All stored envelopes in the order of the chain, for [EvidenceChain].
  public List<byte[]> envelopes() {
    List<byte[]> envelopes = new ArrayList<>();
    keys().forEach(key -> envelopes.add(read(key)));
    return envelopes;
  }

  /// Time in the chain never goes back, whatever a clock does: a statement is dated at least like
  /// the one before it.
  private record Last(Head head, Instant recordedAt) {}

  private Optional<Last> last() {
    List<String> all = keys();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    String key = all.getLast();
    return Optional.of(last(sequence(key), key, read(key)));
  }

  private static Last last(long sequence, String key, byte[] envelope) {
    Statement statement = Json.decode(Envelope.payloadOf(envelope), Statement.class, key);
    return new Last(
        new Head(sequence, Digests.sha256(envelope), key), statement.predicate().recordedAt());
  }

  private List<String> keys() {
    return store.list(keys.evidence()).stream()
        .map(ListedObject::key)
        .filter(key -> key.endsWith(".dsse.json"))
        .sorted(java.util.Comparator.comparingLong(EvidenceLog::sequence))
        .toList();
  }

  private byte[] read(String key) {
    return store
        .getOldest(key, LIMIT)
        .orElseThrow(() ->
            new StoreException(
                StoreException.Kind.NOT_FOUND, key + " was listed but is absent", null))
        .content();
  }

  private byte[] sign(
      Statement.Link link,
      Instant at,
      String subjectKey,
      String subjectSha256,
      String predicateType,
      Object result) {
    var subject = new Statement.Subject(subjectKey, Map.of("sha256", subjectSha256));
    var predicate = new Statement.Predicate(link, at, Json.tree(result));
    byte[] payload =
        Json.encode(new Statement(Statement.TYPE, List.of(subject), predicateType, predicate));
    byte[] envelope = Envelope.sign(PAYLOAD_TYPE, payload, signer);
    if (envelope.length > LIMIT) {
      throw new IllegalArgumentException(
          "evidence of %d bytes about %s, at most %d are allowed"
              .formatted(envelope.length, subjectKey, LIMIT));
    }
    return envelope;
  }

  private static long sequence(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1, key.length() - ".dsse.json".length());
    try {
      return Long.parseLong(name);
    } catch (NumberFormatException e) {
      throw new MalformedException(key + " does not belong into the evidence chain", e);
    }
  }
}
