package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.config.EngineProfile.Capture;
import dev.muster.config.EngineProfile.Relation;
import dev.muster.config.EngineProfile.Scope;
import dev.muster.config.Hook.Claim;
import dev.muster.model.Problem;
import dev.muster.model.StreamName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineProfilesReaderTest {
  private static final String PROFILE =
      """
      name: engine
      port: 1234
      tested-with: ["1"]
      prelude: "set -eu\\n"
      streams:
        - { name: globals, scope: server, dump: d1, restore: r1, trailer: end }
        - { name: "db-{database}", dump: d2, restore: r2, magic: PG, probe: { relation: same-snapshot, script: p } }
      scripts: { ready: a, check: b, probe: c, databases: d, swap: e, table: f }
      drill: { environment: { PASSWORD: random }, arguments: [--x], data-dir: /data, database: main }
      """;

  @Test
  void preludeIsPutBeforeEachScript() {
    EngineProfile profile = profile();

    assertThat(profile.streams().get(0).dump()).isEqualTo("set -eu\nd1");
    assertThat(profile.streams().get(1).probe().orElseThrow().script()).isEqualTo("set -eu\np");
    assertThat(profile.streams().get(1).probe().orElseThrow().relation())
        .isEqualTo(Relation.SAME_SNAPSHOT);
    assertThat(profile.scripts().table()).isEqualTo("set -eu\nf");
    assertThat(profile.drill().arguments()).containsExactly("--x");
    assertThat(profile.digest()).matches("[0-9a-f]{64}");
  }

  @Test
  void capturesAreOnceForTheServerAndOnceForEachDatabase() {
    EngineProfile profile = profile();

    List<Capture> captures = profile.captures(List.of("", "app", "We ird"));

    assertThat(captures)
        .extracting(c -> c.stream().value())
        .startsWith("globals", "db-main", "db-app");
    assertThat(captures.get(3).stream().value()).matches("db-x[0-9a-f]{16}");
    assertThat(captures).extracting(Capture::database).containsExactly("", "", "app", "We ird");
    assertThat(profile.streamOf(captures.get(3).stream()).orElseThrow().scope())
        .isEqualTo(Scope.DATABASE);
    assertThat(profile.streamOf(new StreamName("other"))).isEmpty();
  }

  @Test
  void versionsAreComparedAfterThePreludeAndBeforeTheDump() {
    EngineProfile profile =
        EngineProfilesReader.read(
                "engine.yaml", PROFILE + "versions: { client: c, server: s, numbers: 1 }\n")
            .profile()
            .orElseThrow();

    assertThat(profile.streams().get(1).dump())
        .startsWith("set -eu\nmuster_client_version() {\nc\n}\nmuster_server_version() {\ns\n}\n")
        .endsWith("\nd2");
    assertThat(profile.streams().get(1).restore()).isEqualTo("set -eu\nr2");
    var refused =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> EngineProfilesReader.read("engine.yaml", PROFILE + "versions: { numbers: 4 }\n"));
    assertThat(refused.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder("versions.client", "versions.server", "versions.numbers");
  }

  @Test
  void profileOfAWholeServerHasNoScriptsForItsDatabases() {
    EngineProfile whole =
        EngineProfilesReader.read(
                "cache.yaml",
                """
                name: cache
                streams: [{ name: server, scope: server, dump: d, restore: r }]
                scripts: { ready: a, check: b, probe: c }
                drill: { data-dir: /data, database: "0" }
                """)
            .profile()
            .orElseThrow();

    assertThat(whole.byDatabase()).isFalse();
    assertThat(profile().byDatabase()).isTrue();
    assertThat(whole.captures(List.of("", "app")))
        .singleElement()
        .satisfies(capture -> assertThat(capture.database()).isEmpty());
    assertThat(whole.scripts().swap()).isEmpty();
  }

  @Test
  void hookHasAPreludeOfItsOwnAndMayBeAllThereIs() {
    var file =
        EngineProfilesReader.read(
            "cache.yaml",
            """
            name: cache
            tested-with: ["7"]
            hook: { name: save, claim: flushed, except-images: [fork], prelude: "set -u\\n", pre: a, post: b }
            """);

    assertThat(file.profile()).isEmpty();
    assertThat(file.hook())
        .contains(
            new Hook(
                "save", Claim.FLUSHED, List.of("fork"), "set -u\na", Optional.of("set -u\nb")));
    assertThat(file.hook().orElseThrow().command("post"))
        .contains("[\"timeout\",\"-s\",\"KILL\",\"28\",\"/bin/sh\",\"-c\",\"set -u\\nb\"]");
    assertThat(file.hook().orElseThrow().command("restore")).isEmpty();
  }

  @Test
  void hookIsNotNamedLikeTheWordsOfTheContract() {
    var refused =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () ->
                EngineProfilesReader.read(
                    "cache.yaml", "name: x\nhook: { name: \"off\", pre: a }"));

    assertThat(refused.problems()).extracting(Problem::key).containsExactly("hook.name");
  }

  @Test
  void profileWithHolesNamesThemAll() {
    var refused =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () ->
                EngineProfilesReader.read(
                    "engine.yaml", "name: x\nscript: y\nstreams: [{ name: a }]"));

    assertThat(refused.problems())
        .extracting(Problem::key)
        .contains(
            "script", "streams[0].dump", "streams[0].restore", "scripts.ready", "drill.data-dir");
  }

  private static EngineProfile profile() {
    return EngineProfilesReader.read("engine.yaml", PROFILE).profile().orElseThrow();
  }
}
