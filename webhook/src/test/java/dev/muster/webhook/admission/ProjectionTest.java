package dev.muster.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfilesReader;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-01");
  private final Projection projection =
      new Projection(Reviews.configuration(), EngineProfilesReader.read(Optional.empty()));

  @Test
  void aTypicalStatefulSetIsWithinTwoKilobytes() {
    var input = of(Reviews.create(Reviews.statefulSet(Map.of("muster.dev/plan", "gold"))));

    assertThat(input.toString().length()).isLessThan(2048);
    assertThat(input.path("containers"))
        .isEqualTo(
            Reviews.json(
                """
                [{"name":"db","repository":"registry.example/library/postgres","image":"postgres",
                  "tag":"15","ports":[5432],"environment":["POSTGRES_DB"],
                  "mounts":["/var/lib/postgresql/data"]}]
                """));
    assertThat(input.path("volumes"))
        .isEqualTo(Reviews.json("[{\"name\":\"data\",\"source\":\"claim-template\"}]"));
    assertThat(input.path("said")).isEqualTo(Reviews.json("{\"muster.dev/plan\":\"gold\"}"));
    assertThat(input.path("contract").path("plan").asText()).isEqualTo("gold");
  }

  @Test
  void onlyPodsAreAskedAboutHooksAndOnlyByName() {
    assertThat(of(Reviews.create(Reviews.statefulSet(Map.of()))).has("hooks")).isFalse();
    assertThat(of(Reviews.create(Reviews.pod(Map.of()))).path("hooks").path("mariadb"))
        .isEqualTo(Reviews.json("{\"name\":\"backup-stage\",\"post\":true,\"except_images\":[]}"));
  }

  @Test
  void valuesOfTheEnvironmentAreNeverShown() {
    assertThat(of(Reviews.create(Reviews.statefulSet(Map.of()))).path("containers").toString())
        .doesNotContain("\"shop\"");
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, postgres, ''",
    "postgres:15, postgres, 15",
    "reg:5000/a/postgres, postgres, ''",
    "reg:5000/a/postgres:15@sha256:abc, postgres, 15",
    "postgres@sha256:abc, postgres, ''"
  })
  void imagesAreTakenApart(String image, String name, String tag) {
    var object = Reviews.statefulSet(Map.of());
    object
        .withObject("/spec/template/spec")
        .putArray("containers")
        .addObject()
        .put("name", "db")
        .put("image", image);

    var container = of(Reviews.create(object)).path("containers").path(0);

    assertThat(container.path("image").asText()).isEqualTo(name);
    assertThat(container.path("tag").asText()).isEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource({
    "cache-1, 2026-12-01, true, 30",
    "cache-1, 2026-10-31, false, -1",
    "cache-1, 2027-12-01, false, 395",
    "db, 2026-12-01, false, 30"
  })
  void waiversAreJudgedByNameAndTime(String name, String until, boolean approved, int daysLeft) {
    var object =
        Reviews.statefulSet(
            Map.of(
                "muster.dev/protect", "false",
                "muster.dev/waiver-owner", "anna",
                "muster.dev/waiver-reason", "cache",
                "muster.dev/waiver-until", until));
    object.withObject("/metadata").put("name", name);

    var waiver = of(Reviews.create(object)).path("waiver");

    assertThat(waiver.path("approved").asBoolean()).isEqualTo(approved);
    assertThat(waiver.path("days_left").asInt()).isEqualTo(daysLeft);
  }

  @Test
  void hostileSizesStayBounded() {
    var object = Reviews.statefulSet(Map.of("muster.dev/rpo", "9".repeat(200_000)));
    var containers = object.withObject("/spec/template/spec").putArray("containers");
    for (int i = 0; i < 500; i++) {
      var env = containers.addObject().put("image", "x".repeat(5000)).putArray("env");
      for (int j = 0; j < 100; j++) {
        env.addObject().put("name", "y".repeat(1000));
      }
    }

    assertThat(of(Reviews.create(object)).toString().length()).isLessThan(64 << 10);
  }

  private JsonNode of(Review review) {
    return projection.of(review, Stage.MUTATE, Level.WARN, TODAY);
  }
}
