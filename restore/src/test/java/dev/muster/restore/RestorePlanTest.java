package dev.muster.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfile.Scope;
import dev.muster.repository.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestorePlanTest {
  static final EngineProfile PROFILE =
      new EngineProfile(
          "postgresql",
          5432,
          List.of(stream("db-{database}", Scope.DATABASE), stream("globals", Scope.SERVER)),
          new EngineProfile.Scripts("ready", "check", "probe", "databases", "swap", "table"),
          new EngineProfile.Drill(Map.of(), List.of(), "/data", "postgres"),
          List.of("15"),
          "d1");
  private static final EngineProfile WHOLE =
      new EngineProfile(
          "redis",
          6379,
          List.of(stream("server", Scope.SERVER)),
          new EngineProfile.Scripts("ready", "check", "probe", "", "", ""),
          new EngineProfile.Drill(Map.of(), List.of(), "/data", "0"),
          List.of("7.0"),
          "d2");
  private static final Manifest MANIFEST =
      StoredPoint.manifest(
          List.of(stored("db-app", "app"), stored("db-crm", "crm"), stored("globals", "")));

  @Test
  void everyDatabaseComesBackUnderANewNameAndTheServersOwnRolesStay() {
    RestorePlan plan = RestorePlan.of(PROFILE, MANIFEST, RestoreOptions.plain(), "k3f9");

    assertThat(plan.targets())
        .containsExactly(
            "app_restored_20261101t020000z_k3f9", "crm_restored_20261101t020000z_k3f9");
    assertThat(plan.restore())
        .extracting(Step::name)
        .containsExactly("client-db-app", "client-db-crm");
    assertThat(plan.restore().getFirst().environment())
        .containsEntry("MUSTER_TARGET", "app_restored_20261101t020000z_k3f9")
        .containsEntry("MUSTER_STREAM", "db-app");
    assertThat(plan.finish()).isEmpty();
  }

  @Test
  void anEmptyServerGetsItsRolesBeforeItsDatabases() {
    var steps = new RestoreSteps(PROFILE, MANIFEST);

    assertThat(steps.allStreams())
        .extracting(Manifest.Stream::name)
        .containsExactly("globals", "db-app", "db-crm");
  }

  @Test
  void aTableIsCopiedBackFromTheOneDatabaseThatIsNamed() {
    var options =
        new RestoreOptions(Optional.of("app"), Optional.of("public.orders"), false, false);

    RestorePlan plan = RestorePlan.of(PROFILE, MANIFEST, options, "k3f9");

    assertThat(plan.finish())
        .singleElement()
        .satisfies(step -> {
          assertThat(step.script()).isEqualTo("table");
          assertThat(step.environment())
              .containsEntry("MUSTER_TABLE", "public.orders")
              .containsEntry("MUSTER_REPLACE", "false")
              .containsEntry("MUSTER_DATABASE", "app");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders; DROP TABLE users", "", "-t", "a b", "\"orders\""})
  void aNameThatIsNotPlainIsRefusedBeforeAnythingIsRestored(String table) {
    assertThatThrownBy(() -> RestorePlan.of(PROFILE, MANIFEST, tableOf("app", table), "k3f9"))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("not a plain name");
  }

  @Test
  void aTableThatThePointDoesNotHoldIsRefusedWithThoseThatItHolds() {
    Manifest manifest = StoredPoint.withProbe(MANIFEST, "db-app", "public.orders", "crm.leads");

    assertThatThrownBy(
            () -> RestorePlan.of(PROFILE, manifest, tableOf("app", "nowhere.none"), "k3f9"))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("has no table nowhere.none")
        .hasMessageContaining("public.orders, crm.leads");
    assertThat(RestorePlan.of(PROFILE, manifest, tableOf("app", "orders"), "k3f9").finish())
        .hasSize(1);
    assertThat(RestorePlan.of(PROFILE, manifest, tableOf("app", "crm.leads"), "k3f9").finish())
        .hasSize(1);
  }

  private static RestoreOptions tableOf(String database, String table) {
    return new RestoreOptions(Optional.of(database), Optional.of(table), false, false);
  }

  @Test
  void aTableOfSeveralDatabasesIsRefused() {
    var options = new RestoreOptions(Optional.empty(), Optional.of("orders"), false, false);

    assertThatThrownBy(() -> RestorePlan.of(PROFILE, MANIFEST, options, "k3f9"))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("[app, crm]");
  }

  @Test
  void aDatabaseThatThePointDoesNotHoldIsRefused() {
    var options = new RestoreOptions(Optional.of("hr"), Optional.empty(), false, true);

    assertThatThrownBy(() -> RestorePlan.of(PROFILE, MANIFEST, options, "k3f9"))
        .isInstanceOf(UnfitException.class);
  }

  @Test
  void aLongNameIsCutAndAnOddOneMadePlain() {
    String name = "ö".repeat(3) + "a".repeat(80);
    Manifest manifest = StoredPoint.manifest(List.of(stored("db-x0", name)));

    String target =
        RestorePlan.of(PROFILE, manifest, RestoreOptions.plain(), "k3f9").targets().getFirst();

    assertThat(target).hasSize(63).startsWith("___aaa").endsWith("_restored_20261101t020000z_k3f9");
  }

  @Test
  void databasesThatBeginAlikeAreRestoredApart() {
    String begin = "tenant_customer_relationship_archive_";
    Manifest manifest =
        StoredPoint.manifest(List.of(stored("db-x1", begin + "1"), stored("db-x2", begin + "2")));

    List<String> targets =
        RestorePlan.of(PROFILE, manifest, RestoreOptions.plain(), "k3f9").targets();

    assertThat(targets).doesNotHaveDuplicates().allMatch(name -> name.length() <= 63);
  }

  @Test
  void anEngineThatIsDumpedAsAWholeComesBackAsAWhole() {
    Manifest manifest =
        StoredPoint.withProbe(
            StoredPoint.manifest(List.of(stored("server", null))), "server", "db0");

    RestorePlan plan = RestorePlan.of(WHOLE, manifest, RestoreOptions.plain(), "k3f9");

    assertThat(plan.restore()).extracting(Step::name).containsExactly("client-server");
    assertThat(plan.probes()).extracting(Step::name).containsExactly("probe-server");
    assertThat(plan.targets()).containsExactly("the whole server");
    assertThat(plan.leftovers()).as("what was live may still be").isEmpty();
    assertThat(plan.finish()).isEmpty();
  }

  @Test
  void ofAWholeServerNoPartIsRestoredBesideTheRest() {
    Manifest manifest = StoredPoint.manifest(List.of(stored("server", null)));

    for (RestoreOptions options :
        List.of(
            tableOf("db0", "key"),
            new RestoreOptions(Optional.of("db0"), Optional.empty(), false, false),
            new RestoreOptions(Optional.empty(), Optional.empty(), false, true))) {
      assertThatThrownBy(() -> RestorePlan.of(WHOLE, manifest, options, "k3f9"))
          .isInstanceOf(UnfitException.class)
          .hasMessageContaining("into an empty server")
          .hasMessageContaining("--to FILE");
    }
  }

  private static EngineProfile.Stream stream(String name, Scope scope) {
    return new EngineProfile.Stream(name, scope, "dump", Optional.empty(), "", "", "restore");
  }

  private static Manifest.Stream stored(String name, @Nullable String database) {
    return new Manifest.Stream(
        name,
        0,
        null,
        1,
        "aa",
        List.of(),
        null,
        "postgresql",
        database,
        null,
        null,
        "postgresql",
        "d1");
  }
}
