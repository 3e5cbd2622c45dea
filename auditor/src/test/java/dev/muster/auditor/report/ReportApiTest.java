package dev.muster.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.Caller;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.FakeCluster;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.http.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportApiTest {
  private static final CoverageReport REPORT =
      Volume.report(Volume.named("bank", "ledger"), Volume.named("shop", "data"));

  private final FakeCluster cluster = new FakeCluster(new MovedClock());
  private final AtomicLong now = new AtomicLong();
  private final Routes routes =
      new ReportApi(
              cluster,
              () -> Optional.of(REPORT),
              () -> List.of(new TrendPoint(Volume.NOW, REPORT.counts())),
              now::get)
          .on(Routes.none());

  @BeforeEach
  void callers() {
    cluster.token("shop", ReportApi.AUDIENCE, new Caller("shop", List.of(), Map.of()));
    cluster.token("all", ReportApi.AUDIENCE, new Caller("all", List.of(), Map.of()));
    cluster.token("movers", "muster-run", new Caller("all", List.of(), Map.of()));
    cluster.authorizer((caller, access) ->
        access.resource().equals("persistentvolumeclaims")
            && access.verb().equals("list")
            && (caller.username().equals("all") || "shop".equals(access.namespace())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "'' => application/json",
        "*/* => application/json",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 => text/html",
        "text/csv => text/csv",
        "Text/CSV => text/csv",
        "application/* => application/json",
        "text/markdown;q=0.5, application/sarif+json;q=0.9 => application/sarif+json",
        "application/json;q=0, */* => text/csv",
        "text/*, text/html;q=0.1 => text/csv"
      })
  void acceptChoosesTheFormat(String accept, String type) throws Exception {
    Response response = get("/report", "all", accept);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().get("Content-Type")).startsWith(type);
    assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
  }

  @Test
  void whatNobodyMakesIsNotAcceptable() throws Exception {
    Response response = get("/report", "all", "image/png");

    assertThat(response.status()).isEqualTo(406);
    assertThat(text(response)).contains("application/json", "text/html");
  }

  /// Each asks for another while it is made, and only two may be.
  @Test
  void moreThanTwoAtOnceAreAskedToComeAgain() throws Exception {
    List<Integer> within = new ArrayList<>();
    AtomicInteger depth = new AtomicInteger();
    Routes[] nested = {Routes.none()};
    nested[0] =
        new ReportApi(
                cluster,
                () -> {
                  if (depth.getAndIncrement() < 2) {
                    within.add(status(nested[0]));
                  }
                  return Optional.of(REPORT);
                },
                List::of,
                () -> 0)
            .on(Routes.none());

    assertThat(status(nested[0])).isEqualTo(200);
    assertThat(within).containsExactly(503, 200);
    assertThat(status(nested[0])).as("once they are made").isEqualTo(200);
  }

  private static int status(Routes routes) {
    try {
      return routes
          .handle(
              new Request(
                  "GET",
                  "/report",
                  Map.of(),
                  Map.of("authorization", "Bearer all"),
                  Map.of(),
                  new byte[0]))
          .status();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thePageHasAnAddressOfItsOwn() throws Exception {
    assertThat(text(get("/report.html", "all", ""))).startsWith("<!doctype html>");
  }

  @ParameterizedTest
  @CsvSource({"/report, text/csv", "/report, text/html", "/report, ''", "/report.html, ''"})
  void everyFormatIsCutToTheCallersNamespaces(String path, String accept) throws Exception {
    assertThat(text(get(path, "all", accept))).contains("ledger", "data");
    assertThat(text(get(path, "shop", accept))).contains("data").doesNotContain("ledger", "bank");
    assertThat(get(path, "movers", accept).status()).isEqualTo(401);
    assertThat(get(path, "nonsense", accept).status()).isEqualTo(401);
  }

  @Test
  void whatACallerMayListIsAskedOnceInHalfAMinute() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    cluster.authorizer((caller, access) -> {
      asked.incrementAndGet();
      return "shop".equals(access.namespace());
    });

    assertThat(text(get("/report", "shop", ""))).contains("data").doesNotContain("ledger");
    assertThat(asked).as("all, bank and shop").hasValue(3);
    now.set(Duration.ofSeconds(30).toNanos() - 1);
    assertThat(text(get("/report", "shop", ""))).contains("data").doesNotContain("ledger");
    assertThat(asked).hasValue(3);
    get("/report", "all", "");
    assertThat(asked).as("another caller").hasValue(6);

    cluster.authorizer((caller, access) -> false);
    now.incrementAndGet();
    assertThat(text(get("/report", "shop", ""))).doesNotContain("data", "ledger");
  }

  @Test
  void whatTheServerDidNotAnswerIsAskedAgain() throws Exception {
    cluster.authorizer((caller, access) -> {
      throw new ClusterException.Unreachable("no answer");
    });
    assertThat(get("/report", "shop", "").status()).isEqualTo(503);

    cluster.authorizer((caller, access) -> "shop".equals(access.namespace()));
    assertThat(text(get("/report", "shop", ""))).contains("data");
  }

  @Test
  void onlySoManyCallersAreRemembered() {
    AtomicInteger asked = new AtomicInteger();
    cluster.authorizer((caller, access) -> asked.incrementAndGet() > 0);
    KnownAccess known = new KnownAccess(cluster, () -> 0);

    for (int i = 0; i <= KnownAccess.CALLERS; i++) {
      known.of(new Caller("caller-" + i, List.of(), Map.of())).all();
    }
    known.of(new Caller("caller-1", List.of(), Map.of())).all();
    assertThat(asked).hasValue(KnownAccess.CALLERS + 1);
    known.of(new Caller("caller-0", List.of(), Map.of())).all();
    assertThat(asked).hasValue(KnownAccess.CALLERS + 2);
  }

  @Test
  void theTrendOfAllNamespacesIsForThoseWhoSeeAll() throws Exception {
    String counts = "\"counts\":{";

    assertThat(text(get("/report.html", "all", ""))).contains(counts);
    assertThat(text(get("/report.html", "shop", ""))).doesNotContain(counts);
  }

  @Test
  void jsonStaysWhatItWas() throws Exception {
    JsonNode json = Schemas.tree(get("/report", "shop", "").body());

    assertThat(json.path("volumes")).hasSize(1);
    Schemas.holds(Schemas.documented("audit-report.schema.json"), get("/report", "all", "").body());
  }

  private Response get(String path, String token, String accept) throws Exception {
    Map<String, String> headers = Map.of("authorization", "Bearer " + token, "accept", accept);
    return routes.handle(new Request("GET", path, Map.of(), headers, Map.of(), new byte[0]));
  }

  private static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
