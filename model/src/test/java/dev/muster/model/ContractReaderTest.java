package dev.muster.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.model.ContractReading.Origin;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractReaderTest {
  private static final WorkloadRef DB = new WorkloadRef("StatefulSet", "shop", "db", "");
  private static final ContractReader READER =
      new ContractReader(
          new ContractVocabulary(
              Map.of("standard", plan("standard", "24h"), "gold", plan("gold", "1h")),
              Optional.of("standard"),
              Set.of("primary", "copy"),
              Set.of("postgresql", "mariadb"),
              Set.of("checkpoint"),
              Set.of("orders")));

  private static Plan plan(String name, String rpo) {
    return new Plan(
        name,
        Method.DUMP,
        new Cron("0 2 * * *"),
        ZoneOffset.UTC,
        Optional.empty(),
        DurationText.parse(rpo).orThrow(),
        Duration.ofHours(1),
        new Retention(0, 7, 0, 0, 0),
        List.of("primary"),
        Optional.of(new Cron("0 4 * * 0")),
        DrillSelect.LATEST,
        Consistency.APPLICATION);
  }

  private static Map<String, String> keys(String... pairs) {
    Map<String, String> keys = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      keys.put("muster.dev/" + pairs[i], pairs[i + 1]);
    }
    return keys;
  }

  private static ContractReading workload(String... pairs) {
    return READER.read(DB, ContractSources.ofWorkload(keys(pairs)));
  }

  @Test
  void nothingSaidIsTheDefaultPlanAndNoProtection() {
    ContractReading reading = workload();

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.effective().protect()).isEmpty();
    assertThat(reading.effective().plan()).contains("standard");
    assertThat(reading.effective().rpo()).contains(Duration.ofHours(24));
    assertThat(reading.effective().stores()).containsExactly("primary");
    assertThat(reading.effective().drill()).isPresent();
    assertThat(reading.origin(ContractKey.RPO)).isEqualTo(Origin.PLAN);
  }

  @Test
  void everyKeyIsRead() {
    ContractReading reading =
        workload(
            "protect",
            "true",
            "plan",
            "gold",
            "method",
            "snapshot",
            "engine",
            "postgresql",
            "schedule",
            "30 1 * * *",
            "time-zone",
            "Europe/Berlin",
            "window",
            "22:00-05:00",
            "rpo",
            "12h",
            "rto",
            "30m",
            "retention",
            "last=3 7d",
            "stores",
            "copy, primary",
            "drill",
            "off",
            "drill-select",
            "oldest",
            "consistency",
            "crash",
            "container",
            "db",
            "databases",
            "app,audit",
            "exclude-volumes",
            "cache",
            "hooks",
            "checkpoint",
            "check",
            "orders",
            "run",
            "1700000000",
            "drill-run",
            "a",
            "waiver-owner",
            "ops",
            "waiver-reason",
            "cache only",
            "waiver-until",
            "2026-12-31");

    Contract contract = reading.effective();
    assertThat(reading.problems()).isEmpty();
    assertThat(contract.protect()).contains(true);
    assertThat(contract.waiver())
        .contains(new Waiver("ops", "cache only", LocalDate.of(2026, 12, 31)));
    assertThat(contract.plan()).contains("gold");
    assertThat(contract.method()).isEqualTo(Method.SNAPSHOT);
    assertThat(contract.engine()).isEqualTo(new EngineChoice.Named("postgresql"));
    assertThat(contract.schedule())
        .contains(
            new Schedule(
                new Cron("30 1 * * *"),
                ZoneId.of("Europe/Berlin"),
                Optional.of(Window.parse("22:00-05:00").orThrow()),
                DB.key()));
    assertThat(contract.rpo()).contains(Duration.ofHours(12));
    assertThat(contract.rto()).contains(Duration.ofMinutes(30));
    assertThat(contract.retention()).contains(new Retention(3, 7, 0, 0, 0));
    assertThat(contract.stores()).containsExactly("copy", "primary");
    assertThat(contract.drill()).isEmpty();
    assertThat(contract.drillSelect()).isEqualTo(DrillSelect.OLDEST);
    assertThat(contract.consistency()).isEqualTo(Consistency.CRASH);
    assertThat(contract.container()).contains("db");
    assertThat(contract.databases()).isEqualTo(new Databases.Named(List.of("app", "audit")));
    assertThat(contract.excludeVolumes()).containsExactly("cache");
    assertThat(contract.hooks()).isEqualTo(new Hooks.Named("checkpoint"));
    assertThat(contract.check()).contains("orders");
    assertThat(contract.run()).contains("1700000000");
    assertThat(contract.drillRun()).contains("a");
    assertThat(reading.origins().values()).containsOnly(Origin.WORKLOAD);
  }

  @Test
  @Covers("B9")
  void nearestOfTheUsersKeysWinsKeyByKey() {
    ContractReading reading =
        READER.read(
            DB,
            new ContractSources(
                keys("plan", "gold", "protect", "true", "rpo", "6h"),
                keys("rpo", "3h", "protect", "true"),
                keys("protect", "false")));

    assertThat(reading.effective().protect()).contains(false);
    assertThat(reading.effective().rpo()).contains(Duration.ofHours(3));
    assertThat(reading.effective().plan()).contains("gold");
    assertThat(reading.origin(ContractKey.PROTECT)).isEqualTo(Origin.CLAIM);
    assertThat(reading.origin(ContractKey.PLAN)).isEqualTo(Origin.NAMESPACE);
  }

  @Test
  @Covers("B9")
  void whatMusterWroteRanksBelowAllOfTheUsers() {
    Map<String, String> annotations = keys("plan", "standard", "rpo", "3h");
    annotations.put(
        "muster.dev/managed", Managed.none().with("muster.dev/plan", "standard").text());

    ContractReading reading =
        READER.read(DB, ContractSources.of(keys("plan", "gold"), annotations));

    assertThat(reading.effective().plan()).contains("gold");
    assertThat(reading.effective().rpo()).contains(Duration.ofHours(3));
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  @Covers("B9")
  void managedKeyThatSomebodyChangedIsTheirs() {
    Map<String, String> annotations = keys("plan", "gold");
    annotations.put(
        "muster.dev/managed", Managed.none().with("muster.dev/plan", "standard").text());

    ContractReading reading =
        READER.read(DB, ContractSources.of(keys("plan", "standard"), annotations));

    assertThat(reading.effective().plan()).contains("gold");
    assertThat(reading.origin(ContractKey.PLAN)).isEqualTo(Origin.WORKLOAD);
  }

  @Test
  @Covers("F11")
  void allProblemsAreReportedAtOnceAndHaveNoMeaning() {
    ContractReading reading = workload("protect", "yes", "rpo", "soon", "plan", "platinum");

    assertThat(reading.problems())
        .extracting(Problem::key, Problem::value, Problem::allowed)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("muster.dev/protect", "yes", "true, false"),
            org.assertj.core.groups.Tuple.tuple(
                "muster.dev/rpo", "soon", "a positive duration such as 24h, 90m, 30s, 7d or 1d12h"),
            org.assertj.core.groups.Tuple.tuple("muster.dev/plan", "platinum", "gold, standard"));
    assertThat(reading.valid()).isFalse();
    assertThat(reading.effective().protect()).isEmpty();
    assertThat(reading.effective().rpo()).isEmpty();
    assertThat(reading.effective().plan()).isEmpty();
  }

  @ParameterizedTest
  @Covers("F11")
  @CsvSource({
    "plann, plan", "protct, protect", "retension, retention", "drill-selct, drill-select",
    "waiver_owner, waiver-owner", "shedule, schedule", "Plan, plan", "rop, rpo"
  })
  void misspeltKeyIsReportedWithTheNearestOne(String key, String nearest) {
    ContractReading reading = workload(key, "x");

    assertThat(reading.problems())
        .extracting(Problem::message)
        .containsExactly("no such key, did you mean muster.dev/" + nearest + "?");
  }

  @Test
  void keyFarFromAllIsReportedWithoutAHint() {
    assertThat(workload("zzzzqqqq", "x").problems())
        .extracting(Problem::message)
        .containsExactly("no such key");
  }

  @Test
  void keyInTheWrongPlaceIsReported() {
    ContractReading reading = READER.read(DB, ContractSources.of(keys("databases", "a"), keys()));

    assertThat(reading.problems())
        .containsExactly(
            new Problem(
                "muster.dev/databases", "a", "has no meaning on a namespace", "on workload"));
  }

  @Test
  void otherPrefixesAreNotOurs() {
    ContractReading reading =
        READER.read(DB, ContractSources.ofWorkload(Map.of("velero.io/x", "y", "plan", "gold")));

    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void halfAWaiverIsNoWaiver() {
    ContractReading reading = workload("protect", "false", "waiver-owner", "ops");

    assertThat(reading.effective().waiver()).isEmpty();
    assertThat(reading.problems())
        .extracting(Problem::key)
        .containsExactly("muster.dev/waiver-reason", "muster.dev/waiver-until");
  }

  @ParameterizedTest
  @Covers("F11")
  @ValueSource(
      strings = {
        "",
        " ",
        "a\nb",
        "a\0b",
        "\"; DROP",
        "$(id)",
        "`id`",
        "../x",
        "shop/other",
        "\u0430pp",
        "-rf",
        "a\u200bb",
        "{{x}}",
        "&&",
        "*a"
      })
  void hostileTextIsNeverAValue(String hostile) {
    for (String key :
        List.of(
            "container",
            "databases",
            "plan",
            "stores",
            "engine",
            "check",
            "run",
            "exclude-volumes",
            "hooks",
            "method",
            "time-zone",
            "retention",
            "schedule",
            "window")) {
      ContractReading reading = workload(key, hostile);

      assertThat(reading.problems()).as("%s: %s", key, hostile).isNotEmpty();
      assertThat(reading.problems().getFirst().text()).as(key).matches("[\\x20-\\x7e]*");
    }
  }

  @Test
  void oneDatabaseNamedTwiceIsRefused() {
    ContractReading reading = workload("databases", "app,audit,app");

    assertThat(reading.problems()).extracting(Problem::key).containsExactly("muster.dev/databases");
  }

  @Test
  @Covers("F11")
  void veryLongValueIsRefusedAndCutInTheMessage() {
    ContractReading reading = workload("databases", "x".repeat(256 * 1024));

    assertThat(reading.problems()).hasSize(1);
    assertThat(reading.problems().getFirst().text()).hasSizeLessThan(300);
  }
}
