package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysTest {

  private final Keys keys = new Keys("cluster-1");

  @Test
  void keysAreAsTheFormatSays() {
    assertThat(keys.manifest("aa", "20261101T020000Z-run1"))
        .isEqualTo("points/cluster-1/aa/20261101T020000Z-run1/manifest.json");
    assertThat(keys.segment("aa", "run1", "a1-00000001", "db-app", 12))
        .isEqualTo("data/cluster-1/aa/run1/a1-00000001/db-app.zst.age.0012");
    assertThat(keys.partList("aa", "run1", "a1-00000001", "db-app"))
        .isEqualTo("data/cluster-1/aa/run1/a1-00000001/db-app.parts.json");
    assertThat(keys.journal("aa", "run1", new JournalState.Upload("a1-00000001", "db-app", 2)))
        .isEqualTo("runs/cluster-1/aa/run1/upload-a1-00000001-db-app-0002.json");
    assertThat(keys.evidence(2026, 7)).isEqualTo("evidence/cluster-1/2026/00000007.dsse.json");
    Instant slot = Instant.parse("2026-11-01T05:00:00Z");
    assertThat(keys.report(slot)).isEqualTo("reports/cluster-1/20261101T050000Z/report.json.gz");
    assertThat(keys.reportCounts(slot)).isEqualTo("reports/cluster-1/20261101T050000Z/counts.json");
    assertThat(Keys.reportSlot("20261101T050000Z")).contains(slot);
    assertThat(Keys.reportSlot("20261301T050000Z")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a/b", "../a", "a b", "A", "a\u0000", "ä", "a\n", "a/", "-a", "a-"})
  void nothingOutsideTheGrammarBecomesAPath(String hostile) {
    for (Runnable use :
        List.<Runnable>of(
            () -> new Keys(hostile),
            () -> keys.points(hostile),
            () -> keys.segment("aa", "run1", "a1", hostile, 1),
            () -> keys.segment("aa", hostile, "a1", "s", 1),
            () -> keys.journal("aa", "run1", new JournalState.Attempt(hostile)),
            () -> keys.manifest("aa", hostile))) {
      assertThatThrownBy(use::run).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
