package dev.muster.cli;

import dev.muster.certs.ServerNames;
import dev.muster.config.Configuration;
import dev.muster.policies.PolicyInForce;
import dev.muster.webhook.WebhookServer;
import dev.muster.webhook.WebhookSettings;
import dev.muster.webhook.WebhookSettings.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The admission webhook: mounted files in, decisions out.
@Command(
    name = "webhook",
    description = "Serve admission reviews, in a cluster or alone.",
    mixinStandardHelpOptions = true)
final class WebhookCommand implements Callable<Integer> {

  /// 80 % of the two seconds that the chart gives the API server.
  private static final Duration LIMIT = Duration.ofMillis(1600);

  @Mixin private Serving serving = new Serving();
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "0.0.0.0:8443",
      converter = ListenAddress.Option.class,
      description = "Default: ${DEFAULT-VALUE}.")
  private ListenAddress listen = new ListenAddress("0.0.0.0", 8443);

  @Option(
      names = "--self-signed",
      paramLabel = "NAME",
      arity = "0..1",
      fallbackValue = "localhost,127.0.0.1",
      split = ",",
      converter = ServingName.class,
      description =
          "Make a certificate for these names (without: ${FALLBACK-VALUE}) to run without a cluster;"
              + " else a Secret is mounted.")
  private List<String> selfSigned = List.of();

  @Option(
      names = "--trust-out",
      paramLabel = "FILE",
      description = "Where --self-signed writes what callers must trust. Default: ca.crt.")
  private @Nullable Path trustOut;

  @Override
  public Integer call() throws InterruptedException {
    int instances = Math.max(2, Runtime.getRuntime().availableProcessors());
    try (PolicyInForce inForce = policy.open(instances, LIMIT, serving::rules)) {
      WebhookServer server = WebhookServer.start(settings(), inForce, InstantSource.system());
      return Serving.untilSignal(server::drain);
    }
  }

  private WebhookSettings settings() {
    return new WebhookSettings(
        serving::rules,
        certificates(),
        listen.host(),
        listen.port(),
        serving.healthPort,
        WebhookSettings.DRAIN);
  }

  private Certificates certificates() {
    if (!selfSigned.isEmpty()) {
      return new Certificates.SelfSigned(
          selfSigned, Objects.requireNonNullElse(trustOut, Path.of("ca.crt")));
    }
    if (trustOut != null) {
      throw new BadInput("--trust-out says where --self-signed writes: give both or neither");
    }
    Configuration configuration = serving.configuration();
    String namespace = configuration.namespace();
    return new Certificates.Files(
        serving.folder("serving"),
        serving.folder("trust").resolve("ca.crt"),
        configuration.certificates().kept(namespace),
        List.of(new ServerNames(namespace).webhook()));
  }
}
