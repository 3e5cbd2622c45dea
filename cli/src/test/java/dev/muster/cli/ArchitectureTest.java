package dev.muster.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arrows between the rooms. Maven's modules forbid most of them already; these are the ones
/// that a dependency added in a hurry would open.
final class ArchitectureTest {

  private static final JavaClasses MUSTER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.muster");

  @ParameterizedTest
  @CsvSource({
    "io.vertx.., dev.muster.http, Vert.x types stop at the edge: handlers are plain blocking code",
    "io.fabric8.kubernetes.client.., dev.muster.cluster, one port is faked and held to one contract",
    "com.fasterxml.jackson.dataformat.protobuf.., dev.muster.cluster, one room knows servers' binary form",
    "com.dylibso.chicory.., dev.muster.policies.., the wasm engine can be changed in one place",
    "com.styra.opa.., dev.muster.policies.., the wasm engine can be changed in one place",
    "software.amazon.awssdk.., dev.muster.repository.s3, stores differ; one adapter knows how",
    "org.quartz.., dev.muster.auditor.quartz, slots are computed by pure code; Quartz only fires",
    "org.bouncycastle.., dev.muster.certs, certificates are made in one room",
    "com.exceptionfactory.jagged.., dev.muster.repository, one room knows the format",
    "com.github.luben.zstd.., dev.muster.repository, one room knows the format",
    "picocli.., dev.muster.cli, rooms do not know who calls them",
  })
  void libraryLivesInOnePackage(String library, String room, String because) {
    noClasses()
        .that()
        .resideOutsideOfPackages(room)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(because)
        .check(MUSTER);
  }

  @Test
  void webhookAuditorAndDrillNeverSeeEachOther() {
    List<String> servers = List.of("webhook", "auditor", "drill");
    for (String one : servers) {
      for (String other : servers) {
        if (!one.equals(other)) {
          no("dev.muster." + one + "..", "dev.muster." + other + "..")
              .because("each runs with rights of its own; they agree on model and policy alone")
              .check(MUSTER);
        }
      }
    }
  }

  @Test
  void repositoryKnowsNothingOfKubernetes() {
    no("dev.muster.repository..", "io.fabric8..")
        .because("a restore needs only the store and a key")
        .check(MUSTER);
  }

  @Test
  void modelKnowsNobody() {
    Map<String, String> others =
        Map.of(
            "com.fasterxml.jackson..", "the words are not tied to one codec",
            "org.slf4j..", "pure code does not log");
    others.forEach((other, why) -> no("dev.muster.model..", other).because(why).check(MUSTER));
  }

  @Test
  void timeIsInjected() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.muster.cli..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(ZoneId.class, "systemDefault")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .because("tests turn the clock; nothing waits blindly")
        .check(MUSTER);
  }

  private static ClassesShouldConjunction no(String from, String to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(to);
  }
}
