package dev.muster.cli;

import static org.awaitility.Awaitility.await;

import dev.muster.testkit.LightBed;
import dev.muster.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// cert-manager at work in a test bed, from its Go module.
final class CertManager implements AutoCloseable {

  private final Process process;

  private CertManager(Process process) {
    this.process = process;
  }

  /// Returns once it works: what appears while its cainjector begins may be missed by that.
  static CertManager start(LightBed bed) throws IOException {
    Path log = Files.createTempFile("cert-manager-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(Tools.path("cert-manager"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("KUBECONFIG", bed.kubeconfig().toString());
    CertManager started = new CertManager(builder.start());
    await("cert-manager")
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.readString(log).split("\"Starting workers\"", -1).length == 3);
    return started;
  }

  /// Its kinds of objects, without anybody who acts on them.
  static void kinds(LightBed bed) {
    Path module = Chart.folder().resolve("../../dev/tools/certmanager").normalize();
    String name = "github.com/cert-manager/cert-manager";
    Tools.run(module, "go", "mod", "download", name);
    String source = Tools.run(module, "go", "list", "-m", "-f", "{{.Dir}}", name).strip();
    bed.kubectl("apply", "--server-side", "-f", Path.of(source, "deploy", "crds").toString());
    bed.kubectl(
        "wait",
        "--for=condition=Established",
        "--timeout=60s",
        "customresourcedefinitions",
        "--all");
  }

  boolean running() {
    return process.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
