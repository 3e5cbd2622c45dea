package dev.muster.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfilesReader;
import dev.muster.model.Managed;
import dev.muster.testkit.Covers;
import dev.muster.webhook.patch.Applied;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-01");

  private final FakePolicy policy = new FakePolicy();
  private final Admission admission =
      new Admission(Reviews.configuration(), EngineProfilesReader.read(Optional.empty()), policy);

  @Test
  @Covers({"A6", "S4"})
  void aNewStatefulSetGetsDefaultsInItsOwnMetadataOnly() {
    var object = Reviews.statefulSet(Map.of());

    var mutated = mutated(Reviews.create(object));

    assertThat(annotation(mutated, "plan")).isEqualTo("standard");
    assertThat(annotation(mutated, "engine")).isEqualTo("postgresql");
    assertThat(annotation(mutated, "managed")).contains("plan=").contains("engine=");
    assertThat(Managed.parse(annotation(mutated, "managed")).decision())
        .contains(DecisionId.of(Reviews.create(object).uid(), Stage.MUTATE));
    assertThat(mutated.path("spec")).isEqualTo(object.path("spec"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE", "UPDATE"})
  @Covers({"S1", "S2", "S3", "A8"})
  void nothingButMetadataAnnotationsIsEverTouched(String operation) {
    var review =
        Reviews.of(Reviews.statefulSet(Map.of()), request -> request.put("operation", operation));

    var decided = (Outcome.Decided) mutate(review);

    assertThat(decided.patch().isEmpty()).isFalse();
    assertThat(decided.patch().operations())
        .allSatisfy(each -> assertThat(each.path().toString()).startsWith("/metadata/annotations"));
  }

  @Test
  @Covers("B9")
  void theUserWins() {
    var object = Reviews.statefulSet(Map.of("muster.dev/plan", "gold"));

    var mutated = mutated(Reviews.create(object));

    assertThat(annotation(mutated, "plan")).isEqualTo("gold");
    assertThat(annotation(mutated, "managed")).doesNotContain("plan=").contains("engine=");
  }

  @Test
  @Covers("B9")
  void anAnnotationThatIsNoTextIsTheirsToo() {
    var object = Reviews.statefulSet(Map.of());
    object.withObject("/metadata").withObject("/annotations").put("muster.dev/plan", 7);

    var mutated = mutated(Reviews.create(object));

    assertThat(mutated.at("/metadata/annotations/muster.dev~1plan").asInt()).isEqualTo(7);
    assertThat(annotation(mutated, "managed")).doesNotContain("plan=").contains("engine=");
  }

  @Test
  @Covers("B9")
  void anOptOutIsNotUndone() {
    var object = Reviews.statefulSet(Map.of("muster.dev/protect", "false"));

    assertThat(unchanged(mutate(Reviews.create(object)))).isTrue();
  }

  @Test
  @Covers({"B7", "F8"})
  void askedAgainItChangesNothing() {
    var once = mutated(Reviews.create(Reviews.statefulSet(Map.of("muster.dev/rpo", "12h"))));

    assertThat(unchanged(mutate(Reviews.create(once)))).isTrue();
  }

  @Test
  @Covers({"B7", "F8"})
  void anotherWebhooksChangeInBetweenIsFollowed() {
    var once = (ObjectNode) mutated(Reviews.create(Reviews.statefulSet(Map.of())));
    ((ObjectNode) once.at("/spec/template/spec/containers/0")).put("image", "mirror/mysql:9");

    var again = mutated(Reviews.create(once));

    assertThat(again.path("metadata").path("annotations").has("muster.dev/engine")).isFalse();
    assertThat(annotation(again, "plan")).isEqualTo("standard");
    assertThat(annotation(again, "managed")).doesNotContain("engine");
  }

  @Test
  void onUpdateManagedKeysAreLeftToTheAuditor() {
    var once = (ObjectNode) mutated(Reviews.create(Reviews.statefulSet(Map.of())));
    ((ObjectNode) once.at("/spec/template/spec/containers/0")).put("image", "mirror/mysql:9");

    assertThat(unchanged(mutate(Reviews.update(once, once)))).isTrue();
  }

  @Test
  void aPodGetsHooksAtItsCreationUnlessItOptsOut() {
    assertThat(annotation(mutated(Reviews.create(Reviews.pod(Map.of()))), "hooks"))
        .isEqualTo("postgresql");
    assertThat(unchanged(mutate(Reviews.create(Reviews.pod(Map.of("muster.dev/hooks", "off"))))))
        .isTrue();
  }

  @Test
  void commandsOfHooksAreThoseOfTheProfile() {
    policy.twisted(AdmissionTest::withVelero);

    var pod = mutated(Reviews.create(Reviews.pod(Map.of()))).at("/metadata/annotations");

    assertThat(pod.path("pre.hook.backup.velero.io/command").asText())
        .startsWith("[\"timeout\",")
        .contains("CHECKPOINT");
    assertThat(pod.path("muster.dev/managed").asText())
        .contains("pre.hook.backup.velero.io/command=");
  }

  @Test
  void hookOfTheUserForVeleroIsNotMixedWithOurs() {
    policy.twisted(AdmissionTest::withVelero);
    var own = Map.of("post.hook.backup.velero.io/command", "/own/thaw");

    var pod = mutated(Reviews.create(Reviews.pod(own))).at("/metadata/annotations");

    assertThat(pod.has("pre.hook.backup.velero.io/command")).isFalse();
    assertThat(pod.path("post.hook.backup.velero.io/command").asText()).isEqualTo("/own/thaw");
    assertThat(pod.path("muster.dev/hooks").asText()).isEqualTo("postgresql");
  }

  @Test
  void commandThatNoProfileHasIsABrokenPolicy() {
    policy.twisted(ruling -> {
      withVelero(ruling).put("engine", "mongodb");
      return ruling;
    });

    assertThat(mutate(Reviews.create(Reviews.pod(Map.of())))).isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void textOfAPolicyIsNoCommand() {
    policy.twisted(ruling -> {
      ruling
          .putArray("set")
          .addObject()
          .put("key", "pre.hook.backup.velero.io/command")
          .put("value", "/bin/sh -c any")
          .put("rule", "own");
      return ruling;
    });

    assertThat(mutate(Reviews.create(Reviews.pod(Map.of()))))
        .isEqualTo(
            new Outcome.Broken(
                "the policy has a command of its own for pre.hook.backup.velero.io/command"));
  }

  @Test
  void keysOfPodsAreForPods() {
    policy.twisted(AdmissionTest::withVelero);

    assertThat(((Outcome.Broken) mutate(Reviews.create(Reviews.statefulSet(Map.of())))).reason())
        .contains("on a StatefulSet");
  }

  @Test
  void bugOfOursLeavesTheObjectAsItWas() {
    policy.twisted(ruling -> {
      throw new UnsupportedOperationException("a bug");
    });

    assertThat(mutate(Reviews.create(Reviews.statefulSet(Map.of()))))
        .isEqualTo(new Outcome.Broken("internal error UnsupportedOperationException"));
  }

  private static ObjectNode withVelero(ObjectNode ruling) {
    ruling
        .put("engine", "postgresql")
        .withArray("/set")
        .addObject()
        .put("key", "pre.hook.backup.velero.io/command")
        .put("command", "pre")
        .put("rule", "velero-hooks");
    return ruling;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete",
        "connect",
        "subresource",
        "own",
        "system",
        "deleted",
        "foreign",
        "pod-update"
      })
  @Covers({"B1", "B2", "B4", "F13"})
  void whatIsNotOursPassesWithoutAQuestion(String what) {
    var review =
        switch (what) {
          case "delete" ->
              statefulSet(request -> request.put("operation", "DELETE").putNull("object"));
          case "connect" -> statefulSet(request -> request.put("operation", "CONNECT"));
          case "subresource" -> statefulSet(request -> request.put("subResource", "scale"));
          case "own" -> statefulSet(request -> request.put("namespace", "muster"));
          case "system" -> statefulSet(request -> request.put("namespace", "kube-system"));
          case "deleted" ->
              statefulSet(request ->
                  request
                      .withObject("/object/metadata")
                      .put("deletionTimestamp", "2026-01-01T00:00:00Z"));
          case "foreign" ->
              statefulSet(request -> request.withObject("/kind").put("group", "example.com"));
          default ->
              Reviews.of(Reviews.pod(Map.of()), request -> request.put("operation", "UPDATE"));
        };

    assertThat(mutate(review)).isInstanceOf(Outcome.NotApplicable.class);
    assertThat(policy.wasAsked()).isFalse();
  }

  @Test
  @Covers("B3")
  void aGeneratedNameIsNoProblem() {
    var review = Reviews.create(Reviews.pod(Map.of()));

    mutate(review);

    assertThat(policy.asked().path("name").asText()).isEqualTo("db-");
    assertThat(policy.asked().path("namespace").asText()).isEqualTo("shop");
  }

  @Test
  @Covers("B5")
  void theConvertedKindCounts() {
    var review =
        statefulSet(request ->
            request
                .putObject("requestKind")
                .put("group", "example.com")
                .put("version", "v1")
                .put("kind", "OldSet"));

    assertThat(unchanged(mutate(review))).isFalse();
  }

  @Test
  @Covers({"B6", "F9"})
  void aDryRunIsAnsweredTheSame() {
    var dry = statefulSet(request -> request.put("dryRun", true));

    assertThat(mutate(dry)).isEqualTo(mutate(Reviews.create(Reviews.statefulSet(Map.of()))));
  }

  @Test
  @Covers("B10")
  void restoredObjectsPassByLabelAndUserTogether() {
    var object = Reviews.statefulSet(Map.of());
    object.withObject("/metadata/labels").put("velero.io/restore-name", "r1");

    var anybody = mutate(Reviews.create(object));
    var velero =
        mutate(
            Reviews.of(
                object,
                request ->
                    request
                        .withObject("/userInfo")
                        .put("username", "system:serviceaccount:velero:velero")));

    assertThat(unchanged(anybody)).isFalse();
    assertThat(velero).isEqualTo(new Outcome.NotApplicable("restored"));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  @Covers("B10")
  void whatAConfiguredGroupRestoresPassesBothStagesWhateverItIs(Stage stage) {
    var objects =
        List.of(Reviews.statefulSet(Map.of()), Reviews.pod(Map.of()), Reviews.claim(Map.of()));

    for (var object : objects) {
      object.withObject("/metadata/labels").put("velero.io/restore-name", "r1");
      var review =
          Reviews.of(
              object,
              request ->
                  request
                      .withObject("/userInfo")
                      .put("username", "someone")
                      .putArray("groups")
                      .add("restorers"));

      assertThat(admission.review(review, stage, Level.ENFORCE, TODAY))
          .as(object.path("kind").asText())
          .isEqualTo(new Outcome.NotApplicable("restored"));
    }
  }

  @Test
  @Covers("B11")
  void operatorOwnedStatefulSetsPassAndBuiltInOwnersDoNot() {
    assertThat(mutate(owned("acid.zalan.do/v1", "postgresql", true)))
        .isEqualTo(new Outcome.NotApplicable("operator-owned"));
    assertThat(mutate(owned("acid.zalan.do/v1", "postgresql", false)))
        .isInstanceOf(Outcome.Decided.class);
  }

  @ParameterizedTest
  @CsvSource({
    "apps/v1, StatefulSet",
    "v1, ConfigMap",
    "networking.k8s.io/v1, Ingress",
    "k8s.io/v1, Any",
    "'', ConfigMap"
  })
  @Covers("B11")
  void whatAnybodyMayNameAsControllerIsNoOperator(String apiVersion, String kind) {
    assertThat(mutate(owned(apiVersion, kind, true))).isInstanceOf(Outcome.Decided.class);
  }

  @Test
  void theAuditorsOwnHealingIsNotSecondGuessed() {
    var review =
        statefulSet(request ->
            request
                .withObject("/userInfo")
                .put("username", "system:serviceaccount:muster:muster-auditor"));

    assertThat(mutate(review)).isEqualTo(new Outcome.NotApplicable("from-muster"));
  }

  @Test
  @Covers({"A5", "A6"})
  void aPatchThatWouldNotApplyIsNotSent() {
    var object = Reviews.statefulSet(Map.of());
    object.withObject("/metadata").put("annotations", "not a map");

    assertThat(mutate(Reviews.create(object))).isInstanceOf(Outcome.Broken.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"set\":[{\"key\":\"example.com/x\",\"value\":\"y\",\"rule\":\"r\"}]}",
        "{\"set\":[{\"key\":\"muster.dev/managed\",\"value\":\"y\",\"rule\":\"r\"}]}",
        "{\"set\":[{\"key\":\"muster.dev/plan\",\"value\":7,\"rule\":\"r\"}]}",
        "{\"set\":{}}",
        "{\"deny\":[\"text\"]}"
      })
  void aPolicyThatAnswersNonsenseBreaksNothing(String ruling) {
    policy.twisted(given -> (ObjectNode) Reviews.json(ruling));

    assertThat(mutate(Reviews.create(Reviews.statefulSet(Map.of()))))
        .isInstanceOf(Outcome.Broken.class);
  }

  @Test
  @Covers({"A17", "F11"})
  void anInvalidContractIsDeniedOnlyWhereEnforced() {
    var review = Reviews.create(Reviews.statefulSet(Map.of("muster.dev/rpo", "soon")));

    var warn = (Outcome.Decided) admission.review(review, Stage.VALIDATE, Level.WARN, TODAY);
    var enforce = (Outcome.Decided) admission.review(review, Stage.VALIDATE, Level.ENFORCE, TODAY);
    var mutate = (Outcome.Decided) mutate(review);

    assertThat(warn.denial()).isEmpty();
    assertThat(enforce.denial().orElseThrow()).contains("muster.dev/rpo");
    assertThat(mutate.warnings()).anyMatch(each -> each.contains("muster.dev/rpo"));
  }

  @Test
  @Covers("F13")
  void anOldFaultDoesNotBlockAnUnrelatedUpdate() {
    var old = Reviews.statefulSet(Map.of("muster.dev/rpo", "soon"));
    var scaled = old.deepCopy();
    scaled.withObject("/spec").put("replicas", 3);
    var worse = Reviews.statefulSet(Map.of("muster.dev/rpo", "later"));

    var unrelated =
        (Outcome.Decided)
            admission.review(Reviews.update(old, scaled), Stage.VALIDATE, Level.ENFORCE, TODAY);
    var changed =
        (Outcome.Decided)
            admission.review(Reviews.update(old, worse), Stage.VALIDATE, Level.ENFORCE, TODAY);

    assertThat(unrelated.denial()).isEmpty();
    assertThat(unrelated.warnings()).isNotEmpty();
    assertThat(changed.denial()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"muster.dev/schedule, @daily", "muster.dev/run, now"})
  @Covers("F13")
  void anOldFaultDoesNotBlockAChangeOfAnotherKey(String key, String value) {
    var old = Reviews.statefulSet(Map.of("muster.dev/rpo", "soon"));
    var other = Reviews.statefulSet(Map.of("muster.dev/rpo", "soon", key, value));

    var decided =
        (Outcome.Decided)
            admission.review(Reviews.update(old, other), Stage.VALIDATE, Level.ENFORCE, TODAY);

    assertThat(decided.denial()).isEmpty();
    assertThat(decided.warnings()).isNotEmpty();
  }

  @Test
  @Covers({"A5", "F11"})
  void annotationsThatLeaveNoRoomStayAsTheyAre() {
    var fits = Reviews.statefulSet(Map.of("example.org/notes", "é".repeat(100_000)));
    var full = Reviews.statefulSet(Map.of("example.org/notes", "é".repeat(131_050)));

    assertThat(unchanged(mutate(Reviews.create(fits)))).isFalse();
    assertThat(mutate(Reviews.create(full)))
        .isInstanceOfSatisfying(
            Outcome.Broken.class, broken -> assertThat(broken.reason()).contains("no room"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "$(reboot)", "\u0000", "\"'`", "24h; rm -rf /", "２４h"})
  @Covers("F11")
  void hostileValuesAreProblemsAndNeverMeanings(String value) {
    var review =
        Reviews.create(
            Reviews.statefulSet(Map.of("muster.dev/rpo", value, "muster.dev/plan", value)));

    var decided = (Outcome.Decided) mutate(review);

    assertThat(policy.asked().path("problems")).hasSize(2);
    assertThat(decided.warnings()).hasSize(3);
  }

  private Review owned(String apiVersion, String kind, boolean controller) {
    var object = Reviews.statefulSet(Map.of());
    object
        .withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", apiVersion)
        .put("kind", kind)
        .put("name", "x")
        .put("controller", controller);
    return Reviews.create(object);
  }

  private static Review statefulSet(Consumer<ObjectNode> change) {
    return Reviews.of(Reviews.statefulSet(Map.of()), change);
  }

  private Outcome mutate(Review review) {
    return admission.review(review, Stage.MUTATE, Level.WARN, TODAY);
  }

  private JsonNode mutated(Review review) {
    var decided = (Outcome.Decided) mutate(review);
    return ((Applied.To) decided.patch().apply(review.object().orElseThrow())).document();
  }

  private static boolean unchanged(Outcome outcome) {
    return ((Outcome.Decided) outcome).patch().isEmpty();
  }

  private static String annotation(JsonNode object, String key) {
    return object.path("metadata").path("annotations").path("muster.dev/" + key).asText();
  }
}
