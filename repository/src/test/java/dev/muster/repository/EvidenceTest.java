package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.testkit.Covers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class EvidenceTest {

  private static final Instant NOW = Instant.parse("2026-12-31T23:00:00Z");

  private final SigningKey key = SigningKey.generate();
  private final List<VerifyingKey> pinned = List.of(key.publicKey());
  private final MemoryBackupStore store = new MemoryBackupStore(InstantSource.fixed(NOW));
  private final EvidenceLog log = new EvidenceLog(store, ManifestBuilder.keys(), key);

  @Test
  void aChainGoesOnOverTheTurnOfTheYear() {
    append(NOW);
    append(NOW.plusSeconds(7200));
    EvidenceLog.Head head = append(NOW.plusSeconds(7300));

    var intact =
        (EvidenceChain.Result.Intact)
            EvidenceChain.verify(log.envelopes(), pinned, Optional.of(head.text()));

    assertThat(intact.head()).isEqualTo(head.text());
    assertThat(intact.statements()).hasSize(3);
    assertThat(intact.statements().getLast().subject().getFirst().name())
        .isEqualTo("a/manifest.json");
    assertThat(head.key()).contains("/2027/00000003.dsse.json");
    assertThat(log.head()).hasValue(head);
  }

  @Test
  @Covers("F94")
  void noChangedByteIsBelieved() {
    append(NOW);
    append(NOW);
    List<byte[]> chain = log.envelopes();
    String head = log.head().orElseThrow().text();

    for (int entry = 0; entry < chain.size(); entry++) {
      for (int at = 0; at < chain.get(entry).length; at++) {
        List<byte[]> changed = new ArrayList<>(chain);
        changed.set(entry, chain.get(entry).clone());
        changed.get(entry)[at] ^= 1;
        assertThat(EvidenceChain.verify(changed, pinned, Optional.of(head)))
            .as("entry %d, byte %d", entry, at)
            .isInstanceOf(EvidenceChain.Result.Broken.class);
      }
    }
  }

  @Test
  @Covers("F94")
  void droppedReorderedRepeatedOrForkedStatementsAreFound() {
    append(NOW);
    append(NOW);
    append(NOW);
    List<byte[]> chain = log.envelopes();
    Optional<String> head = log.head().map(EvidenceLog.Head::text);
    MemoryBackupStore elsewhere = new MemoryBackupStore(InstantSource.fixed(NOW));
    EvidenceLog fork = new EvidenceLog(elsewhere, ManifestBuilder.keys(), key);
    fork.append(NOW, "a/manifest.json", "00", "t", Map.of("outcome", "Proven"));
    fork.append(NOW, "b/manifest.json", "11", "t", Map.of("outcome", "Proven"));
    byte[] a = chain.get(0);
    byte[] b = chain.get(1);
    byte[] c = chain.get(2);

    for (List<byte[]> bad :
        List.of(
            List.of(a, c),
            List.of(b, c),
            List.of(a, c, b),
            List.of(a, b, b, c),
            List.of(a, fork.envelopes().get(1), c),
            List.of(a, b))) {
      assertThat(EvidenceChain.verify(bad, pinned, head))
          .isInstanceOf(EvidenceChain.Result.Broken.class);
    }
  }

  @Test
  @Covers("F23")
  void aClockThatGoesBackDoesNotBreakTheChain() {
    append(NOW);
    append(NOW.minusSeconds(3600));

    assertThat(EvidenceChain.verify(log.envelopes(), pinned, Optional.empty()))
        .isInstanceOf(EvidenceChain.Result.Intact.class);
  }

  @Test
  @Covers("F18")
  void twoWritersShareOneChain() throws Exception {
    EvidenceLog other = new EvidenceLog(store, ManifestBuilder.keys(), key);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 5; i++) {
        var one = threads.submit(() -> append(NOW));
        var two =
            threads.submit(
                () -> other.append(NOW, "b/manifest.json", "11", "t", Map.of("outcome", "x")));
        one.get();
        two.get();
      }
    }

    var intact =
        (EvidenceChain.Result.Intact)
            EvidenceChain.verify(log.envelopes(), pinned, Optional.empty());
    assertThat(intact.statements()).hasSize(10);
  }

  @Test
  void aForeignSignerIsRefused() {
    append(NOW);

    assertThat(
            EvidenceChain.verify(
                log.envelopes(), List.of(SigningKey.generate().publicKey()), Optional.empty()))
        .isInstanceOf(EvidenceChain.Result.Broken.class);
  }

  private EvidenceLog.Head append(Instant at) {
    return log.append(at, "a/manifest.json", "00", "t", Map.of("outcome", "Proven"));
  }
}
