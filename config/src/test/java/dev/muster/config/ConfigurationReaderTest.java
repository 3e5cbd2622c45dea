package dev.muster.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.config.Configuration.Admission;
import dev.muster.config.Configuration.CertificateMode;
import dev.muster.config.Configuration.Certificates;
import dev.muster.config.Configuration.Cluster;
import dev.muster.config.Configuration.Drills;
import dev.muster.config.Configuration.Enforcement;
import dev.muster.config.Configuration.Evidence;
import dev.muster.config.Configuration.Level;
import dev.muster.config.Configuration.NetworkPolicies;
import dev.muster.config.Configuration.Reports;
import dev.muster.config.Configuration.Runs;
import dev.muster.config.Configuration.Signing;
import dev.muster.config.Configuration.Store;
import dev.muster.config.Configuration.Waivers;
import dev.muster.model.Consistency;
import dev.muster.model.Cron;
import dev.muster.model.DrillSelect;
import dev.muster.model.Method;
import dev.muster.model.Plan;
import dev.muster.model.Problem;
import dev.muster.model.Retention;
import dev.muster.model.Window;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {

  private static Configuration read(String yaml) {
    return ConfigurationReader.read("muster.yaml", yaml);
  }

  private static List<Problem> problems(String yaml) {
    return catchThrowableOfType(InvalidConfigurationException.class, () -> read(yaml)).problems();
  }

  @Test
  void emptyMappingIsAllDefaults() {
    Configuration configuration = read("{}");

    assertThat(configuration)
        .isEqualTo(
            new Configuration(
                new Cluster("cluster", ""),
                "muster",
                "muster",
                "standard",
                Map.of(
                    "standard",
                    new Plan(
                        "standard",
                        Method.AUTO,
                        new Cron("H 2 * * *"),
                        ZoneOffset.UTC,
                        Optional.empty(),
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        new Retention(0, 7, 4, 12, 0),
                        List.of(),
                        Optional.of(new Cron("H 4 * * 0")),
                        DrillSelect.LATEST,
                        Consistency.APPLICATION)),
                Map.of(),
                List.of(),
                new Signing(Optional.empty(), List.of()),
                new Drills(Optional.empty(), 1),
                NetworkPolicies.CREATE,
                true,
                true,
                new Enforcement(Level.WARN),
                new Waivers(90, List.of()),
                new Controls(
                    new ControlParameters(
                        Duration.ofDays(1),
                        Duration.ofDays(35),
                        Duration.ofDays(35),
                        Duration.ofDays(1),
                        Optional.empty(),
                        Duration.ofDays(30)),
                    List.of()),
                new Admission("velero.io/restore-name", List.of(), List.of("*"), false),
                new Runs(Duration.ofHours(6), 4, 3),
                new Evidence("k8up.io/backup", false, "cluster-name", List.of()),
                new Reports(true, Optional.of(new Cron("H 5 * * *")), true),
                new Certificates(CertificateMode.SELF_MANAGED, "muster-serving"),
                Optional.empty()));
  }

  @Test
  void everyKeyIsRead() throws IOException {
    Configuration configuration = read(everyKey());

    assertThat(configuration)
        .isEqualTo(
            new Configuration(
                new Cluster("demo", "7f3c"),
                "backups",
                "registry.example/muster:1",
                "gold",
                Map.of(
                    "gold",
                    new Plan(
                        "gold",
                        Method.DUMP,
                        new Cron("15 1 * * *"),
                        ZoneId.of("Europe/Berlin"),
                        Optional.of(Window.parse("22:00-05:00").orThrow()),
                        Duration.ofHours(6),
                        Duration.ofMinutes(30),
                        new Retention(3, 7, 0, 0, 0),
                        List.of("copy", "primary"),
                        Optional.empty(),
                        DrillSelect.RANDOM,
                        Consistency.CRASH)),
                Map.of(
                    "primary",
                    new Store(
                        "primary",
                        URI.create("https://s3.example.org"),
                        "eu-central-1",
                        "muster",
                        false,
                        Optional.of(Path.of("/etc/muster/ca.pem")),
                        Optional.of(Path.of("/etc/muster/store"))),
                    "copy",
                    new Store(
                        "copy",
                        URI.create("http://copy.example.org:9000"),
                        "us-east-1",
                        "copy",
                        true,
                        Optional.empty(),
                        Optional.empty())),
                List.of("age1" + "q".repeat(58)),
                new Signing(
                    Optional.of(Path.of("/etc/muster/signing/signing.pem")),
                    List.of("A".repeat(43) + "=")),
                new Drills(Optional.of(Path.of("/etc/muster/identity.txt")), 3),
                NetworkPolicies.PRINT,
                false,
                false,
                new Enforcement(Level.ENFORCE),
                new Waivers(30, List.of("shop/*")),
                new Controls(
                    new ControlParameters(
                        Duration.ofHours(6),
                        Duration.ofDays(90),
                        Duration.ofDays(60),
                        Duration.ofHours(12),
                        Optional.of(Duration.ofHours(2)),
                        Duration.ofDays(7)),
                    List.of(
                        new Controls.Scope(
                            List.of(new NamePattern("shop"), new NamePattern("bank-*")),
                            Map.of("tier", "gold"),
                            Map.of("app", "db"),
                            new ControlParameters(
                                Duration.ofHours(1),
                                Duration.ofDays(1),
                                Duration.ofDays(2),
                                Duration.ofHours(2),
                                Optional.of(Duration.ofMinutes(10)),
                                Duration.ofDays(3))))),
                new Admission(
                    "example.org/restored",
                    List.of("system:serviceaccount:velero:velero"),
                    List.of("Cluster"),
                    true),
                new Runs(Duration.ofHours(2), 2, 5),
                new Evidence("example.org/backup", true, "example.org/cluster", List.of("save.sh")),
                new Reports(false, Optional.empty(), false),
                new Certificates(CertificateMode.SECRET, "backups-tls"),
                Optional.of(Path.of("/etc/muster/profiles"))));
  }

  @Test
  void planWithoutStoresUsesTheFirst() {
    String yaml =
        """
        stores: { main: { endpoint: "https://s3", bucket: b }, other: { endpoint: "https://s3", bucket: c } }
        backups: false
        plans: { standard: {} }
        """;

    assertThat(read(yaml).plans().values())
        .singleElement()
        .satisfies(plan -> assertThat(plan.stores()).containsExactly("main"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour: red | colour | unknown key",
        "plans: { standard: { shedule: x } } | plans.standard.shedule | unknown key",
        "plans: { standard: { schedule: never } } | plans.standard.schedule | not a cron expression",
        "plans: { standard: { rpo: soon } } | plans.standard.rpo | not a duration",
        "plans: { standard: { stores: [nowhere] } } | plans.standard.stores[0] | no such store",
        "plans: { standard: { time-zone: Mars } } | plans.standard.time-zone | no such time zone",
        "plans: { Gold!: {} } | plans.Gold! | not a name",
        "default-plan: gold | default-plan | no such plan",
        "healing: perhaps | healing | neither true nor false",
        "network-policies: maybe | network-policies | no such value",
        "recipients: [age1abc] | recipients[0] | not an age public key",
        "recipients: age1abc | recipients | not a list",
        "signing: { public-keys: [AAAA] } | signing.public-keys[0] | not an Ed25519 public key",
        "waivers: { max-days: 0 } | waivers.max-days | not such a number",
        "cluster: demo | cluster | not a mapping",
        "stores: { a: { bucket: b } } | stores.a.endpoint | missing",
        "stores: { a: { endpoint: ftp://x, bucket: b } } | stores.a.endpoint | not an address",
        "certificates: { mode: certmanager } | certificates.mode | no such value",
        "certificates: { mode: secret } | certificates.secret | missing",
        "certificates: { mode: cert-manager } | certificates.secret | missing",
        "certificates: { secret: mine } | certificates.secret | not used by self-managed",
        "controls: { newest-point-within: { within: soon } } | controls.newest-point-within.within | not a duration",
        "controls: { newest-point-within: { witin: 1h } } | controls.newest-point-within.witin | unknown key",
        "controls: { points-encrypted: {} } | controls.points-encrypted | unknown key",
        "controls: { scopes: all } | controls.scopes | not a list",
        "controls: { scopes: [{}] } | controls.scopes[0].namespaces | the scope names nobody",
        "controls: { scopes: [{ namespaces: shop }] } | controls.scopes[0].namespaces | not a list",
        "controls: { scopes: [{ namespace-labels: x }] } | controls.scopes[0].namespace-labels | not a mapping",
        "controls: { scopes: [{ workload-labels: { app: [] } }] } | controls.scopes[0].workload-labels.app | not a text",
        "controls: { scopes: [{ namespaces: [a], drill-passed-within: { within: x } }] } | controls.scopes[0].drill-passed-within.within | not a duration",
        "controls: { scopes: [{ namespaces: [a], labels: {} }] } | controls.scopes[0].labels | unknown key",
        "reports: { schedule: '* * * * *' } | reports.schedule | reports would be kept more often than every 10 minutes",
        "reports: { schedule: 'H/5 2 * * *' } | reports.schedule | reports would be kept more often than every 10 minutes",
        "[] | (file) | not a mapping",
      })
  void problemNamesItsKey(String yaml, String key, String message) {
    assertThat(problems(yaml))
        .anySatisfy(problem -> {
          assertThat(problem.key()).isEqualTo(key);
          assertThat(problem.message()).isEqualTo(message);
          assertThat(problem.allowed()).isNotBlank();
        });
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    assertThatThrownBy(() -> read("colour: red\nhealing: 3\nruns: { parallel: 0 }\n"))
        .hasMessageContaining("colour")
        .hasMessageContaining("healing")
        .hasMessageContaining("runs.parallel");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "~",
        "healing: true\n---\nhealing: false",
        "a: &a x\nb: *a"
      })
  void whatSaysNothingOrTwoThingsIsNoConfiguration(String yaml) {
    assertThat(problems(yaml)).extracting(Problem::key).containsExactly("(file)");
  }

  @Test
  void longFileIsNotRead(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("muster.yaml"), "# " + "x".repeat(2 << 20));

    assertThatThrownBy(() -> ConfigurationReader.read(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("longer than 1 MiB");
  }

  @Test
  void doubledKeyIsNoConfiguration() {
    assertThat(problems("healing: true\nhealing: false\n"))
        .extracting(Problem::message)
        .allMatch(message -> message.startsWith("not YAML"));
  }

  @Test
  void backupsWithoutRecipientAreRefused() {
    assertThat(problems("stores: { a: { endpoint: 'https://s3', bucket: b } }"))
        .extracting(Problem::key)
        .containsExactly("recipients");
  }

  private static String everyKey() throws IOException {
    try (InputStream in = ConfigurationReaderTest.class.getResourceAsStream("/every-key.yaml")) {
      return new String(java.util.Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}
