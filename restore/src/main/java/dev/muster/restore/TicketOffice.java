package dev.muster.restore;

import dev.muster.model.PointId;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Digests;
import dev.muster.repository.FileKeys;
import dev.muster.repository.Keys;
import dev.muster.repository.Manifest;
import dev.muster.repository.ManifestVerifier;
import dev.muster.repository.ObjectHead;
import dev.muster.repository.PointReader;
import dev.muster.repository.StoreException;
import dev.muster.repository.wire.Ticket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The holder of an identity and of a credential that reads the store.
public final class TicketOffice implements Tickets {
  private final BackupStore store;
  private final Keys keys;
  private final PointReader points;
  private final FileKeys identity;
  private final Duration validity;

  /// @param validity of the signed reads: as long as a restore may take
  public TicketOffice(
      BackupStore store,
      Keys keys,
      ManifestVerifier verifier,
      FileKeys identity,
      Duration validity) {
    this.store = store;
    this.keys = keys;
    this.points = new PointReader(store, keys, verifier);
    this.identity = identity;
    this.validity = validity;
  }

  @Override
  public Opened open(WorkloadKey workload, PointId point) {
    String key = keys.manifest(workload.value(), point.toString());
    try {
      return points
          .read(workload.value(), point.toString())
          .map(found -> opened(key, found))
          .orElseGet(() -> new Opened.Absent(key));
    } catch (StoreException e) {
      return new Opened.Unavailable(key, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public TicketOutcome issue(List<Manifest.Stream> streams) {
    List<Ticket.Stream> tickets = new ArrayList<>();
    try {
      for (Manifest.Stream stream : streams) {
        Optional<String> wrong = missing(stream);
        if (wrong.isPresent()) {
          return new TicketOutcome.Damaged(wrong.get());
        }
        switch (identity.unwrap(head(stream))) {
          case FileKeys.Unwrapped.Key(var key) -> tickets.add(ticket(stream, key.toBase64()));
          case FileKeys.Unwrapped.NotARecipient() -> {
            return locked(
                stream, "stream %s was not encrypted for this identity".formatted(stream.name()));
          }
          case FileKeys.Unwrapped.BadHeader(String detail) -> {
            return locked(
                stream,
                "stream %s: its age header is damaged: %s".formatted(stream.name(), detail));
          }
        }
      }
    } catch (StoreException | IOException e) {
      return new TicketOutcome.Unavailable(String.valueOf(e.getMessage()));
    }
    return new TicketOutcome.Issued(new Ticket(tickets));
  }

  @Override
  public Optional<String> damage(List<Manifest.Stream> streams) {
    return streams.stream()
        .flatMap(stream -> stream.segments().stream())
        .flatMap(segment -> damage(segment).stream())
        .findFirst();
  }

  private static Opened opened(String key, PointReader.Found found) {
    return switch (found) {
      case PointReader.Found.Refused(_, var reason, String detail) ->
          new Opened.Refused(key, reason + ": " + detail);
      case PointReader.Found.Genuine(_, Manifest manifest, String sha256, _, boolean tampered) ->
          new Opened.Trusted(
              key,
              sha256,
              manifest,
              tampered
                  ? List.of(key + " was written again or deleted after its commit")
                  : List.of());
    };
  }

  private Optional<String> missing(Manifest.Stream stream) {
    for (Manifest.Segment segment : stream.segments()) {
      Optional<ObjectHead> head = store.head(segment.key());
      if (head.isEmpty()) {
        return Optional.of(segment.key() + " is missing from the store");
      }
      if (head.get().size() != segment.bytes()) {
        return Optional.of(wrongLength(segment, head.get().size()));
      }
    }
    return Optional.empty();
  }

  private byte[] head(Manifest.Stream stream) throws IOException {
    var head = new ByteArrayOutputStream();
    for (Manifest.Segment segment : stream.segments()) {
      long wanted = Math.min(FileKeys.HEADER_BYTES - head.size(), segment.bytes());
      if (wanted > 0) {
        try (InputStream in = store.openStream(segment.key(), 0, wanted)) {
          in.transferTo(head);
        }
      }
    }
    return head.toByteArray();
  }

  /// A header that does not open may be another stream's, or damaged: then the object is to blame.
  private TicketOutcome locked(Manifest.Stream stream, String evidence) {
    return damage(stream.segments().getFirst())
        .<TicketOutcome>map(TicketOutcome.Damaged::new)
        .orElseGet(() -> new TicketOutcome.Locked(evidence));
  }

  private Optional<String> damage(Manifest.Segment segment) {
    MessageDigest digest = Digests.newSha256();
    long length = 0;
    try (InputStream in = store.openStream(segment.key(), 0, -1)) {
      byte[] buffer = new byte[64 * 1024];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        length += count;
      }
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.of(segment.key() + " is missing from the store");
      }
      throw e;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, segment.key() + ": " + e.getMessage(), e);
    }
    if (length != segment.bytes()) {
      return Optional.of(wrongLength(segment, length));
    }
    String actual = Digests.hex(digest);
    return actual.equals(segment.sha256())
        ? Optional.empty()
        : Optional.of(
            "%s has SHA-256 %s, the manifest says %s"
                .formatted(segment.key(), actual, segment.sha256()));
  }

  private Ticket.Stream ticket(Manifest.Stream stream, String fileKey) {
    return new Ticket.Stream(
        stream.name(),
        fileKey,
        stream.plainBytes(),
        stream.plainSha256(),
        stream.segments().stream()
            .map(segment ->
                new Ticket.Segment(
                    store.presignGet(segment.key(), validity).url().toString(),
                    segment.bytes(),
                    segment.sha256()))
            .toList());
  }

  private static String wrongLength(Manifest.Segment segment, long length) {
    return "%s has %d bytes, the manifest says %d"
        .formatted(segment.key(), length, segment.bytes());
  }
}
