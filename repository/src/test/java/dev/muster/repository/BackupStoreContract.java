package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.repository.StoreException.Kind;
import dev.muster.testkit.Covers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every store must do, fake or real.
abstract class BackupStoreContract {

  static final int PART = 5 * 1024 * 1024;

  final String folder = "contract/" + UUID.randomUUID() + "/";

  abstract BackupStore store();

  @Test
  void aNewKeyIsCreatedAndReadBack() {
    String key = folder + "new";

    PutOutcome outcome = store().putIfAbsent(key, bytes("hello"));

    assertThat(outcome).isEqualTo(new PutOutcome.Created());
    assertThat(store().get(key, 5)).hasValue(bytes("hello"));
    assertThat(store().head(key).orElseThrow().size()).isEqualTo(5);
    assertThat(store().list(folder)).extracting(ListedObject::key).containsExactly(key);
  }

  @Test
  @Covers("F66")
  void aTakenKeyKeepsItsContent() {
    String key = folder + "taken";
    store().putIfAbsent(key, bytes("first"));

    PutOutcome outcome = store().putIfAbsent(key, bytes("second"));

    assertThat(outcome).isEqualTo(new PutOutcome.Exists());
    assertThat(store().get(key, 100)).hasValue(bytes("first"));
    OldestVersion oldest = store().getOldest(key, 100).orElseThrow();
    assertThat(oldest.content()).isEqualTo(bytes("first"));
    assertThat(oldest.tampered()).isFalse();
  }

  @Test
  @Covers({"F18", "F20"})
  void oneOfTwentyConcurrentCreatorsWins() throws Exception {
    String key = folder + "race";
    List<Future<Commit.Outcome>> outcomes = new ArrayList<>();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        byte[] mine = bytes("writer " + i);
        outcomes.add(threads.submit(() -> Commit.commit(store(), key, mine)));
      }
    }

    int won = 0;
    for (Future<Commit.Outcome> outcome : outcomes) {
      won += outcome.get() instanceof Commit.Outcome.Committed ? 1 : 0;
    }
    assertThat(won).isEqualTo(1);
  }

  @Test
  void whatIsAbsentIsEmptyEverywhere() {
    String key = folder + "absent";

    assertThat(store().get(key, 10)).isEmpty();
    assertThat(store().getOldest(key, 10)).isEmpty();
    assertThat(store().head(key)).isEmpty();
    assertThat(store().list(key)).isEmpty();
    assertThat(store().children(key + "/")).isEmpty();
    assertThat(kind(() -> store().openStream(key, 0, -1))).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  @Covers("F81")
  void anObjectBeyondTheBoundIsRefused() {
    String key = folder + "big";
    store().putIfAbsent(key, new byte[1001]);

    assertThat(kind(() -> store().get(key, 1000))).isEqualTo(Kind.TOO_LARGE);
    assertThat(store().get(key, 1001)).isPresent();
  }

  @Test
  void aRangeIsReadExactly() throws Exception {
    String key = folder + "range";
    store().putIfAbsent(key, bytes("0123456789"));

    try (var middle = store().openStream(key, 3, 4);
        var rest = store().openStream(key, 8, -1)) {
      assertThat(middle.readAllBytes()).isEqualTo(bytes("3456"));
      assertThat(rest.readAllBytes()).isEqualTo(bytes("89"));
    }
  }

  @Test
  void foldersAreListedByTheirNextSegment() {
    store().putIfAbsent(folder + "a/1/x", bytes("x"));
    store().putIfAbsent(folder + "a/2/x", bytes("x"));
    store().putIfAbsent(folder + "b/1/x", bytes("x"));

    assertThat(store().children(folder)).containsExactly("a", "b");
    assertThat(store().children(folder + "a/")).containsExactly("1", "2");
  }

  @Test
  void partsBecomeAnObjectWithTheirDigests() throws Exception {
    String key = folder + "parts";
    byte[] one = noise(1, PART);
    byte[] two = noise(2, 1000);
    String upload = store().createUpload(key);
    send(key, upload, 2, two);
    send(key, upload, 1, one);

    List<StoredPart> parts = store().listParts(key, upload);
    CompleteOutcome outcome = store().completeUpload(key, upload, parts);

    assertThat(parts).extracting(StoredPart::number).containsExactly(1, 2);
    assertThat(parts).extracting(StoredPart::bytes).containsExactly((long) PART, 1000L);
    assertThat(parts)
        .allSatisfy(
            p -> assertThat(p.sha256()).hasValue(Digests.sha256(p.number() == 1 ? one : two)));
    assertThat(outcome).isEqualTo(new CompleteOutcome.Completed());
    ObjectHead head = store().head(key).orElseThrow();
    assertThat(head.size()).isEqualTo(PART + 1000);
    String composite = Digests.composite(List.of(Digests.sha256(one), Digests.sha256(two)));
    assertThat(head.checksum().orElse(composite)).isEqualTo(composite);
    try (var whole = store().openStream(key, 0, -1)) {
      assertThat(Digests.sha256(whole.readAllBytes())).isEqualTo(Digests.sha256(joined(one, two)));
    }
  }

  @Test
  @Covers("F62")
  void anUploadThatWasNotCompletedIsNoObject() throws Exception {
    String key = folder + "unfinished";
    String upload = store().createUpload(key);
    send(key, upload, 1, noise(1, 1000));

    assertThat(store().head(key)).isEmpty();
    assertThat(store().get(key, 10)).isEmpty();
    assertThat(store().list(folder)).isEmpty();
    assertThat(store().listUploads(folder)).extracting(OpenUpload::uploadId).contains(upload);

    List<StoredPart> parts = store().listParts(key, upload);
    store().abortUpload(key, upload);
    store().abortUpload(key, upload);
    assertThat(store().listUploads(folder)).isEmpty();
    assertThat(kind(() -> store().listParts(key, upload))).isEqualTo(Kind.NOT_FOUND);
    assertThat(store().completeUpload(key, upload, parts))
        .isEqualTo(new CompleteOutcome.NoSuchUpload());
  }

  @Test
  @Covers("F64")
  void completingAgainChangesNothing() throws Exception {
    String key = folder + "twice";
    String upload = store().createUpload(key);
    send(key, upload, 1, noise(1, 1000));
    List<StoredPart> parts = store().listParts(key, upload);
    store().completeUpload(key, upload, parts);

    CompleteOutcome again = store().completeUpload(key, upload, parts);

    assertThat(again)
        .isIn(
            new CompleteOutcome.NoSuchUpload(),
            new CompleteOutcome.Completed(),
            new CompleteOutcome.Exists());
    assertThat(store().head(key).orElseThrow().size()).isEqualTo(1000);
    assertThat(store().getOldest(key, 1000).orElseThrow().versions()).isEqualTo(1);
  }

  @Test
  @Covers({"F24", "F65"})
  void aSecondUploadCannotReplaceAnObject() throws Exception {
    String key = folder + "second";
    String first = store().createUpload(key);
    String second = store().createUpload(key);
    send(key, first, 1, noise(1, 1000));
    send(key, second, 1, noise(2, 999));
    store().completeUpload(key, first, store().listParts(key, first));

    CompleteOutcome late = store().completeUpload(key, second, store().listParts(key, second));

    assertThat(late).isEqualTo(new CompleteOutcome.Exists());
    assertThat(store().head(key).orElseThrow().size()).isEqualTo(1000);
  }

  @Test
  @Covers("F61")
  void aPartOfAnotherDigestIsRefused() {
    String key = folder + "digest";
    String upload = store().createUpload(key);
    byte[] sent = noise(2, 1000);
    String other = Digests.sha256(noise(1, 1000));

    assertThat(kind(() -> store().putPart(key, upload, 1, sent, other)))
        .isEqualTo(Kind.UNSUPPORTED);
    assertThat(store().listParts(key, upload)).isEmpty();
  }

  @Test
  @Covers("F61")
  void aPartThatIsSentAgainReplacesItself() {
    String key = folder + "again";
    String upload = store().createUpload(key);
    send(key, upload, 1, noise(1, 1000));
    send(key, upload, 1, noise(2, 900));

    List<StoredPart> parts = store().listParts(key, upload);
    store().completeUpload(key, upload, parts);

    assertThat(parts).extracting(StoredPart::bytes).containsExactly(900L);
    assertThat(store().get(key, 1000)).hasValue(noise(2, 900));
  }

  final void send(String key, String upload, int number, byte[] part) {
    store().putPart(key, upload, number, part, Digests.sha256(part));
  }

  private static byte[] joined(byte[] one, byte[] two) {
    byte[] all = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, all, one.length, two.length);
    return all;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] noise(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Kind kind(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(StoreException.class, call).kind();
  }
}
