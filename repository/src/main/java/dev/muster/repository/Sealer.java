package dev.muster.repository;

import dev.muster.repository.SealJudge.Judgement;
import dev.muster.repository.wire.RunReport.SegmentReport;
import dev.muster.repository.wire.RunReport.StreamReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way from a judged capture to a commit: complete each segment, look at it, write the
/// manifest, read it back. Throws [StoreException] where the store does not answer; nothing is
/// decided then, and calling again with equal arguments is safe at every point.
public final class Sealer {

  private final BackupStore store;
  private final Keys keys;
  private final ManifestSigner signer;

  public Sealer(BackupStore store, Keys keys, ManifestSigner signer) {
    this.store = store;
    this.keys = keys;
    this.signer = signer;
  }

  /// Which attempt's data is meant.
  public record Attempt(String workloadKey, String runId, String attempt) {}

  /// Where the ids of uploads are known from: the journal.
  public interface Uploads {

    /// The upload of a segment, or empty if none was ever begun.
    Optional<String> id(String stream, int segment);
  }

  /// What completing a stream came to.
  public sealed interface Completion {

    /// Every segment is in the store as the mover sent it.
    record Stored(List<Manifest.Segment> segments, Manifest.PartList partList)
        implements Completion {}

    /// The attempt must not be sealed.
    record Refused(SealJudge.Refusal reason, String detail) implements Completion {}
  }

  /// What committing came to.
  public sealed interface Sealing {

    /// The stored manifest is of this run and attempt.
    record Sealed(String key, String sha256) implements Sealing {}

    /// The stored manifest is another attempt's: this attempt's data is garbage.
    record Lost(String key, String detail) implements Sealing {}
  }

  /// Completes all segments of a reported stream and stores its part list.
  public Completion complete(Attempt attempt, StreamReport stream, Uploads uploads) {
    List<Manifest.Segment> segments = new ArrayList<>();
    for (SegmentReport segment : stream.segments()) {
      String key =
          keys.segment(
              attempt.workloadKey(),
              attempt.runId(),
              attempt.attempt(),
              stream.name(),
              segment.number());
      Optional<String> upload = uploads.id(stream.name(), segment.number());
      if (complete(key, segment, upload) instanceof Judgement.Refuse(var reason, var detail)) {
        return new Completion.Refused(reason, detail);
      }
      segments.add(new Manifest.Segment(key, segment.bytes(), segment.sha256()));
    }
    return storePartList(attempt, stream, segments);
  }

  /// Writes the manifest if the point has none, and says whose it is.
  public Sealing commit(Manifest manifest) {
    Manifest.Identity who = manifest.identity();
    String key = keys.manifest(who.workloadKey(), who.point());
    byte[] ours = signer.sign(manifest);
    return switch (Commit.commit(store, key, ours)) {
      case Commit.Outcome.Committed() -> new Sealing.Sealed(key, Digests.sha256(ours));
      case Commit.Outcome.Lost(var stored) -> compare(key, who, stored);
    };
  }

  private Judgement complete(String key, SegmentReport segment, Optional<String> upload) {
    Optional<ObjectHead> earlier = store.head(key);
    if (earlier.isPresent() || upload.isEmpty()) {
      return SealJudge.object(key, segment, earlier);
    }
    List<StoredPart> parts;
    try {
      parts = store.listParts(key, upload.get());
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return SealJudge.object(key, segment, store.head(key));
      }
      throw e;
    }
    Judgement same = SealJudge.parts(key, segment, parts);
    if (same instanceof Judgement.Refuse) {
      return same;
    }
    Optional<StoreException> doubt = completeUpload(key, upload.get(), parts);
    Optional<ObjectHead> head = store.head(key);
    if (head.isEmpty() && doubt.isPresent()) {
      throw doubt.get();
    }
    return SealJudge.object(key, segment, head);
  }

  /// Whatever is answered, the object decides: an answer may be lost, late, or an error in a
  /// success.
  private Optional<StoreException> completeUpload(
      String key, String upload, List<StoredPart> parts) {
    try {
      return switch (store.completeUpload(key, upload, parts)) {
        case CompleteOutcome.Completed(),
            CompleteOutcome.Exists(),
            CompleteOutcome.NoSuchUpload() ->
            Optional.empty();
      };
    } catch (StoreException e) {
      return Optional.of(e);
    }
  }

  private Completion storePartList(
      Attempt attempt, StreamReport stream, List<Manifest.Segment> segments) {
    String key =
        keys.partList(attempt.workloadKey(), attempt.runId(), attempt.attempt(), stream.name());
    byte[] list = Json.encode(stream.segments());
    return switch (Commit.commit(store, key, list)) {
      case Commit.Outcome.Committed() ->
          new Completion.Stored(segments, new Manifest.PartList(key, Digests.sha256(list)));
      case Commit.Outcome.Lost(_) ->
          new Completion.Refused(
              SealJudge.Refusal.OBJECT_DIFFERS, key + " holds another part list");
    };
  }

  private static Sealing compare(String key, Manifest.Identity who, byte[] stored) {
    try {
      Manifest.Identity theirs =
          Json.decode(Envelope.payloadOf(stored), Manifest.class, key).identity();
      return theirs.runId().equals(who.runId()) && theirs.attempt().equals(who.attempt())
          ? new Sealing.Sealed(key, Digests.sha256(stored))
          : new Sealing.Lost(key, key + " is of attempt " + theirs.attempt());
    } catch (MalformedException | IllegalArgumentException | NullPointerException e) {
      return new Sealing.Lost(key, key + " holds something that is no manifest");
    }
  }
}
