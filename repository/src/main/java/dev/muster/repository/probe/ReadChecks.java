package dev.muster.repository.probe;

import dev.muster.repository.BackupStore;
import dev.muster.repository.ListedObject;
import dev.muster.repository.StoreException;
import dev.muster.repository.probe.Finding.Result;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// That what was written is there, and is what was written.
final class ReadChecks {

  private static final int SIZE = 100_000;

  private final BackupStore store;
  private final Scratch scratch;

  ReadChecks(Scratch scratch) {
    this.store = scratch.store();
    this.scratch = scratch;
  }

  /// Asks before the write too: a store may remember that there was nothing.
  Result readAfterWrite() {
    String key = scratch.key("read");
    byte[] content = Scratch.noise(1, SIZE);
    boolean free = store.get(key, SIZE).isEmpty() && store.head(key).isEmpty();
    store.putIfAbsent(key, content);
    boolean found =
        store.get(key, SIZE).filter(read -> Arrays.equals(read, content)).isPresent()
            && store.head(key).filter(head -> head.size() == SIZE).isPresent();
    return free && found
        ? new Result.Met("right after it was written")
        : new Result.NotMet(
            free ? "it was not there, or not whole" : "something was there before it was written");
  }

  Result listAfterWrite() {
    String key = scratch.key("list/object");
    store.list(scratch.folder());
    store.putIfAbsent(key, Scratch.noise(1, 1));
    boolean listed =
        store.list(scratch.folder()).stream().map(ListedObject::key).anyMatch(key::equals);
    return listed && store.children(scratch.folder()).contains("list")
        ? new Result.Met("right after it was written")
        : new Result.NotMet("the listing lags, so what was just done may be done again");
  }

  Result ranges() {
    String key = scratch.key("range");
    byte[] content = Scratch.noise(1, SIZE);
    store.putIfAbsent(key, content);
    boolean exact =
        matches(key, content, 0, 1)
            && matches(key, content, 4321, 10_000)
            && matches(key, content, SIZE - 10, -1);
    return exact
        ? new Result.Met("at the beginning, in the middle and to the end")
        : new Result.NotMet("other bytes came than were asked for");
  }

  private boolean matches(String key, byte[] content, int offset, int length) {
    int end = length < 0 ? content.length : offset + length;
    try (InputStream part = store.openStream(key, offset, length)) {
      return Arrays.equals(
          part.readNBytes(content.length), Arrays.copyOfRange(content, offset, end));
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "cannot read %s: %s".formatted(key, e), e);
    }
  }
}
