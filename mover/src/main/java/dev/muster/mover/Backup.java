package dev.muster.mover;

import dev.muster.repository.PartBuffers;
import dev.muster.repository.Pause;
import dev.muster.repository.StreamSettings;
import dev.muster.repository.StreamWriter;
import dev.muster.repository.wire.RunReport;
import dev.muster.repository.wire.RunReport.ProbeReport;
import dev.muster.repository.wire.RunReport.StreamReport;
import dev.muster.repository.wire.StreamSpec;
import dev.muster.repository.wire.Termination;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/// `mover backup`: reads every pipe of the Pod, stores the streams, hands in the report. Success is
/// only an accepted report; the exit codes of the dumps are the kubelet's to tell.
public final class Backup {

  private static final int LANES = 4;
  private static final int BUFFERS = 6;

  private final BackupSettings settings;
  private final Pause pause;
  private final RandomGenerator random;

  private Backup(BackupSettings settings, Pause pause, RandomGenerator random) {
    this.settings = settings;
    this.pause = pause;
    this.random = random;
  }

  /// Runs by the variables of the container, writes the termination message, returns the exit code.
  public static int run(Map<String, String> environment) throws InterruptedException {
    Termination end = end(environment);
    LastWords.of(environment).say(end);
    return end.outcome() == Termination.Outcome.reported ? 0 : 1;
  }

  private static Termination end(Map<String, String> environment) throws InterruptedException {
    try {
      BackupSettings settings = BackupSettings.of(environment);
      RunReport report = new Backup(settings, Pause.real(), new Random()).back();
      long plain = report.streams().stream().mapToLong(StreamReport::plainBytes).sum();
      return new Termination(
          Termination.Outcome.reported,
          "",
          "%d streams, %d bytes".formatted(report.streams().size(), plain));
    } catch (MoverException e) {
      return failed(e.reason(), String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      return failed(Reason.INTERNAL, e.toString());
    }
  }

  private RunReport back() throws IOException, InterruptedException {
    Preflight preflight = new Preflight(settings.reachTimeout(), pause);
    preflight.reach("the auditor", address(settings.api()));
    if (settings.target().isPresent()) {
      preflight.reach("the database", settings.target().get());
    }
    try (HttpClient toAuditor = Trust.client(settings.apiCa());
        HttpClient toStore = Trust.client(settings.storeCa())) {
      RunApi api = new RunApi(toAuditor, settings, pause, random);
      try {
        RunReport report = read(api, toStore);
        api.report(report);
        return report;
      } finally {
        toStore.shutdownNow();
        toAuditor.shutdownNow();
      }
    }
  }

  /// All pipes at once: a dump and its probe wait for each other, and a dump waits in open(2) until
  /// its pipe has a reader.
  private RunReport read(RunApi api, HttpClient toStore) throws IOException, InterruptedException {
    StreamWriter writer =
        new StreamWriter(
            new StreamSettings(settings.recipients(), settings.segmentBytes(), 3),
            new PartBuffers(settings.partBytes(), BUFFERS, LANES));
    AtomicBoolean storeReached = new AtomicBoolean();
    List<Callable<Object>> tasks = new ArrayList<>();
    for (StreamSpec spec : settings.streams()) {
      PartUpload upload =
          new PartUpload(
              api, toStore, settings.attempt(), spec.name(), storeReached, pause, random);
      StreamBackup backup = new StreamBackup(writer, api, settings.attempt());
      tasks.add(() -> fromPipe("streams", spec, pipe -> backup.back(spec, pipe, upload)));
      if (spec.probe()) {
        tasks.add(() -> fromPipe("probes", spec, pipe -> ProbeReader.read(spec.name(), pipe)));
      }
    }
    List<Object> results = all(tasks);
    return new RunReport(
        settings.attempt(),
        ofType(results, StreamReport.class),
        ofType(results, ProbeReport.class));
  }

  private interface PipeTask<T> {
    T run(InputStream pipe) throws IOException, InterruptedException;
  }

  private <T> T fromPipe(String folder, StreamSpec spec, PipeTask<T> task)
      throws IOException, InterruptedException {
    Path path = settings.folder().resolve(folder).resolve(spec.name());
    FileChannel channel =
        Fifo.openForReading(path, settings.openTimeout())
            .orElseThrow(() ->
                new MoverException(
                    Reason.PRODUCER_SILENT,
                    "nothing opened %s/%s within %s: look at the log of its container"
                        .formatted(folder, spec.name(), settings.openTimeout()),
                    null));
    try (InputStream pipe = Channels.newInputStream(channel)) {
      return task.run(pipe);
    }
  }

  private static List<Object> all(List<Callable<Object>> tasks)
      throws IOException, InterruptedException {
    try {
      return Together.run(tasks, result -> true);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new MoverException(Reason.INTERNAL, e.toString(), e);
    }
  }

  private static <T> List<T> ofType(List<Object> results, Class<T> type) {
    return results.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static HostPort address(URI api) {
    return new HostPort(api.getHost(), api.getPort() < 0 ? 443 : api.getPort());
  }

  private static Termination failed(Reason reason, String detail) {
    return new Termination(Termination.Outcome.failed, reason.word(), detail);
  }
}
