package dev.muster.drill;

import dev.muster.drill.Finding.Fails;
import dev.muster.drill.Finding.Holds;
import dev.muster.drill.Finding.Unclear;
import dev.muster.repository.StoreException;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.restore.ContainerEnd;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells apart what one pass over the data says about integrity, decoding and restoring.
///
/// A flipped byte first shows as a refused age chunk, so a decoding failure asks for the segments
/// to be read back: damage is named before decoding is.
final class FetchJudge {
  private final Fetched.Ran fetched;
  private final Supplier<Optional<String>> damage;

  FetchJudge(Fetched.Ran fetched, Supplier<Optional<String>> damage) {
    this.fetched = fetched;
    this.damage = damage;
  }

  Finding integrity() {
    RestoreMessage mover = fetched.mover();
    if (mover.restored()) {
      return new Holds(
          "%d bytes read back, all digests equal"
              .formatted(mover.streams().stream().mapToLong(s -> s.storedBytes()).sum()));
    }
    return switch (mover.reason()) {
      case RestoreMessage.SEGMENT_MISSING, RestoreMessage.SEGMENT_DIGEST ->
          new Fails(mover.detail());
      // A client ends early also when its stream does.
      case RestoreMessage.DECRYPT,
          RestoreMessage.DECOMPRESS,
          RestoreMessage.PLAIN_DIGEST,
          RestoreMessage.CLIENT ->
          readBack();
      default -> new Unclear("mover: " + mover.reason() + ": " + mover.detail());
    };
  }

  Finding decode() {
    RestoreMessage mover = fetched.mover();
    if (mover.restored()) {
      return new Holds(
          "%d bytes decoded, all digests equal"
              .formatted(mover.streams().stream().mapToLong(s -> s.plainBytes()).sum()));
    }
    return mover.reason().equals(RestoreMessage.CLIENT)
        ? new Holds("not decoded to the end, because a client ended early")
        : new Fails(mover.reason() + ": " + mover.detail());
  }

  Finding restore() {
    for (ContainerEnd client : fetched.clients()) {
      if (client.outOfMemory()) {
        return new Unclear(client.text());
      }
      if (!client.succeeded()) {
        return new Fails(client.text());
      }
    }
    if (!fetched.mover().restored()) {
      return new Unclear("no client failed, yet the mover lost one: " + fetched.mover().detail());
    }
    return fetched.clients().isEmpty()
        ? new Unclear("no client has ended")
        : new Holds(fetched.clients().size() + " clients ended with 0");
  }

  private Finding readBack() {
    try {
      return damage
          .get()
          .<Finding>map(Fails::new)
          .orElseGet(() -> new Holds("all segments read back, all digests equal"));
    } catch (StoreException e) {
      return new Unclear("the segments could not be read back: " + e.getMessage());
    }
  }
}
