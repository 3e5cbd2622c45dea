package dev.muster.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.Manifest.Probe;
import dev.muster.repository.Manifest.Relation;
import dev.muster.repository.Manifest.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProbeComparisonTest {
  private static final Table ORDERS = new Table("public.orders", 3, "h3");

  @Test
  void theSameRowsInTheSameTablesAreTheSame() {
    var comparison = new ProbeComparison(probe("s", ORDERS), probe("s", ORDERS));

    assertThat(comparison.schema()).isEqualTo(new Comparison.Same("db-app: 1 tables"));
    assertThat(comparison.counts()).isEqualTo(new Comparison.Same("db-app: 3 rows"));
    assertThat(comparison.hashes()).isEqualTo(new Comparison.Same("db-app: 1 hashes equal"));
  }

  @Test
  void anotherShapeOfTheSameTablesDiffers() {
    var comparison = new ProbeComparison(probe("s", ORDERS), probe("t", ORDERS));

    assertThat(comparison.schema())
        .isEqualTo(new Comparison.Differs("db-app: schema hash t instead of s"));
  }

  @Test
  void aManifestTooLargeForItsCountsProvesNoData() {
    var comparison = new ProbeComparison(probe("s"), probe("s", ORDERS));

    assertThat(comparison.schema()).isInstanceOf(Comparison.Same.class);
    assertThat(comparison.counts()).isInstanceOf(Comparison.Incomparable.class);
    assertThat(comparison.hashes()).isInstanceOf(Comparison.Incomparable.class);
  }

  @Test
  void aDatabaseWithoutTablesComesBackWithoutTables() {
    var comparison = new ProbeComparison(probe("s"), probe("s"));

    assertThat(comparison.counts()).isInstanceOf(Comparison.Same.class);
  }

  @Test
  void aTableWithoutAHashProvesNoContents() {
    Table unhashed = new Table("public.orders", 3, null);
    var comparison = new ProbeComparison(probe("s", unhashed), probe("s", ORDERS));

    assertThat(comparison.counts()).isInstanceOf(Comparison.Same.class);
    assertThat(comparison.hashes()).isInstanceOf(Comparison.Incomparable.class);
  }

  @Test
  void aTableOutsideOfTheSnapshotMayHoldOtherRows() {
    Table counted = new Table("legacy", 5, "h5", Relation.NONE);
    Table dumped = new Table("legacy", 7, "h7", Relation.NONE);
    var comparison = new ProbeComparison(probe("s", ORDERS, counted), probe("s", ORDERS, dumped));

    String note = "; there, but not compared, since not of the dump's snapshot: legacy";
    assertThat(comparison.schema()).isInstanceOf(Comparison.Same.class);
    assertThat(comparison.counts()).isEqualTo(new Comparison.Same("db-app: 3 rows" + note));
    assertThat(comparison.hashes()).isEqualTo(new Comparison.Same("db-app: 1 hashes equal" + note));
  }

  @Test
  void aTableOutsideOfTheSnapshotMustStillBeThere() {
    Table counted = new Table("legacy", 5, "h5", Relation.NONE);
    var comparison = new ProbeComparison(probe("s", ORDERS, counted), probe("s", ORDERS));

    assertThat(comparison.schema()).isInstanceOf(Comparison.Differs.class);
    assertThat(comparison.counts())
        .isEqualTo(new Comparison.Differs("db-app: rows differ: legacy has nothing instead of 5"));
  }

  @Test
  void tablesThatAreAllOutsideOfTheSnapshotProveNoData() {
    Table counted = new Table("legacy", 5, "h5", Relation.NONE);
    var comparison = new ProbeComparison(probe("s", counted), probe("s", counted));

    assertThat(comparison.counts())
        .isInstanceOfSatisfying(
            Comparison.Incomparable.class, it -> assertThat(it.reason()).contains("NONE"));
    assertThat(comparison.hashes()).isInstanceOf(Comparison.Incomparable.class);
  }

  private static Probe probe(String schema, Table... tables) {
    return new Probe("db-app", Relation.SAME_SNAPSHOT, schema, null, List.of(tables));
  }
}
