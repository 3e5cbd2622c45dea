package dev.muster.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One exec. Only a status that carries an exit code is an end; everything else is `Lost`.
final class Fabric8Exec {

  private static final int OUTPUT_LIMIT = 8 << 20;
  private static final int ERROR_LIMIT = 64 << 10;

  private final KubernetesClient client;

  Fabric8Exec(KubernetesClient client) {
    this.client = client;
  }

  ExecOutcome run(ExecCall call) {
    var stdout = new BoundedOutput(OUTPUT_LIMIT);
    var stderr = new BoundedOutput(ERROR_LIMIT);
    try (ExecWatch watch = start(call, stdout, stderr)) {
      @Nullable Integer code =
          watch.exitCode().get(call.deadline().toMillis(), TimeUnit.MILLISECONDS);
      if (code == null || code < 0) {
        return new ExecOutcome.Lost("the stream closed without an exit status");
      }
      return new ExecOutcome.Ended(
          code, stdout.bytes(), new String(stderr.bytes(), StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      return new ExecOutcome.Lost("no exit status within " + call.deadline());
    } catch (ExecutionException e) {
      return failed(call, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ExecOutcome.Lost("interrupted while waiting for an exit status");
    } catch (KubernetesClientException e) {
      return failed(call, e);
    }
  }

  private ExecWatch start(ExecCall call, BoundedOutput stdout, BoundedOutput stderr) {
    var container =
        client
            .pods()
            .inNamespace(call.pod().namespace())
            .withName(call.pod().name())
            .inContainer(call.container());
    String[] command = call.command().toArray(String[]::new);
    return call.stdin().length == 0
        ? container.writingOutput(stdout).writingError(stderr).exec(command)
        : container
            .readingInput(new ByteArrayInputStream(call.stdin()))
            .writingOutput(stdout)
            .writingError(stderr)
            .exec(command);
  }

  private static ExecOutcome failed(ExecCall call, Throwable cause) {
    if (cause instanceof KubernetesClientException e) {
      ClusterException read = Answers.read("exec in Pod " + call.pod(), e);
      if (!(read instanceof ClusterException.Unreachable)) {
        throw read;
      }
      return new ExecOutcome.Lost(String.valueOf(read.getMessage()));
    }
    return new ExecOutcome.Lost("the connection broke: " + cause);
  }
}
