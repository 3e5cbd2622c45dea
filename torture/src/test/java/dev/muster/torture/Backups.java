package dev.muster.torture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.auditor.run.Entry;
import dev.muster.auditor.run.FakeMover;
import dev.muster.auditor.run.Kubelet;
import dev.muster.auditor.run.Leader;
import dev.muster.auditor.run.Stage;
import dev.muster.config.EngineProfile;
import dev.muster.mover.Backup;
import dev.muster.mover.Pipes;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.wire.StreamSpec;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// One backup at a time from plan to end: the real leader, run API, mover and store; only cluster
/// and kubelet are played.
final class Backups {

  private static final int SEGMENT = 40_000;

  private final Site site;
  private final BackupStore store;
  private final Optional<Sabotage> sabotage;
  private final ObjectMapper json = new ObjectMapper();

  Backups(Site site, BackupStore store, Optional<Sabotage> sabotage) {
    this.site = site;
    this.store = store;
    this.sabotage = sabotage;
  }

  /// What a backup goes through.
  ///
  /// @param dumps by stream, as they should be
  /// @param written by stream, what comes out of the pipe before it ends
  /// @param exitCode of the dump containers, as the kubelet says
  /// @param forgotten a stream that the mover is not told of
  /// @param spoilt whether a part changes behind the mover's back before sealing
  record Fate(
      Map<String, Dump> dumps,
      Map<String, byte[]> written,
      int exitCode,
      Optional<String> forgotten,
      boolean spoilt) {}

  /// The point's manifest key, and whether the auditor calls it sealed.
  record End(String manifestKey, boolean sealed) {}

  End run(Fate fate) throws Exception {
    return run(UUID.randomUUID().toString(), 1, fate);
  }

  /// The run of a cluster, begun here or in a process that is no more.
  End run(String cluster, int attempts, Fate fate) throws Exception {
    Stage stage = stage(cluster, attempts, fate.dumps().keySet());
    String runId = stage.runId.value();
    site.host().serve(runId, stage.api());
    try {
      Leader leader = stage.leader();
      Entry.Attempt attempt = leader.begin();
      if (Kubelet.job(stage.cluster, attempt).isPresent()) {
        play(stage, attempt, fate);
      }
      boolean sealed = leader.seals();
      String point = Keys.point(Stage.SLOT.at(), runId);
      return new End(stage.keys.manifest(stage.workloadKey(), point), sealed);
    } finally {
      site.host().forget(runId);
    }
  }

  /// What Job controller, kubelet, dump and mover do.
  private void play(Stage stage, Entry.Attempt attempt, Fate fate) throws Exception {
    Kubelet kubelet = new Kubelet(stage.cluster);
    Pod pod = kubelet.start(attempt);
    int mover = move(stage, pod, attempt, fate);
    if (fate.spoilt()) {
      spoil(stage);
    }
    Map<String, Integer> codes = new HashMap<>(Map.of("mover", mover));
    int exitCode = sabotage.equals(Optional.of(Sabotage.EXIT_CODE)) ? 0 : fate.exitCode();
    fate.dumps().keySet().forEach(stream -> codes.put("dump-" + stream, exitCode));
    kubelet.end(pod, codes);
  }

  private Stage stage(String cluster, int attempts, Iterable<String> streams) {
    return new Stage(
        new Stage.Setting(
            cluster,
            sabotage.equals(Optional.of(Sabotage.STORE_FACTS)) ? BlindStore.of(store) : store,
            profile(streams),
            List.of(site.identity().recipient()),
            site.signing(),
            attempts,
            sabotage.equals(Optional.of(Sabotage.REPORT_STREAMS))
                ? Sabotage::ofReportedStreams
                : UnaryOperator.identity()));
  }

  private EngineProfile profile(Iterable<String> streams) {
    List<EngineProfile.Stream> all = new ArrayList<>();
    for (String stream : streams) {
      all.add(
          new EngineProfile.Stream(
              stream,
              EngineProfile.Scope.SERVER,
              "exec true",
              Optional.empty(),
              sabotage.equals(Optional.of(Sabotage.MAGIC)) ? "" : Dump.MAGIC,
              sabotage.equals(Optional.of(Sabotage.TRAILER)) ? "" : Dump.TRAILER,
              "exec true"));
    }
    return new EngineProfile(
        "torture",
        1,
        all,
        new EngineProfile.Scripts("true", "true", "true", "true", "true", "true"),
        new EngineProfile.Drill(Map.of(), List.of(), "/data", "db"),
        List.of(),
        "00".repeat(32));
  }

  private int move(Stage stage, Pod pod, Entry.Attempt attempt, Fate fate) throws Exception {
    Path folder = Files.createTempDirectory(site.folder(), "pod");
    var unused = new FakeMover(stage, pod, attempt);
    List<StreamSpec> specs = specs(fate);
    Pipes.make(folder, specs.stream().map(StreamSpec::name).toList(), List.of());
    Files.writeString(folder.resolve("token"), FakeMover.TOKEN);
    Map<String, String> environment = environment(stage, attempt, folder, specs);
    for (StreamSpec spec : specs) {
      byte[] bytes = fate.written().get(spec.name());
      Thread.ofPlatform()
          .daemon()
          .start(() -> produce(folder.resolve("streams").resolve(spec.name()), bytes));
    }
    int code = Backup.run(environment);
    Site.remove(folder);
    return code;
  }

  private List<StreamSpec> specs(Fate fate) {
    boolean magic = !sabotage.equals(Optional.of(Sabotage.MAGIC));
    boolean trailer = !sabotage.equals(Optional.of(Sabotage.TRAILER));
    return fate.dumps().keySet().stream()
        .filter(name -> !fate.forgotten().equals(Optional.of(name)))
        .map(name ->
            new StreamSpec(name, false, magic ? Dump.MAGIC : null, trailer ? Dump.TRAILER : null))
        .toList();
  }

  private Map<String, String> environment(
      Stage stage, Entry.Attempt attempt, Path folder, List<StreamSpec> specs)
      throws JsonProcessingException {
    return Map.ofEntries(
        Map.entry("MUSTER_RUN_ID", stage.runId.value()),
        Map.entry("MUSTER_ATTEMPT", attempt.attempt()),
        Map.entry("MUSTER_API", site.host().url()),
        Map.entry("MUSTER_TOKEN_FILE", folder.resolve("token").toString()),
        Map.entry("MUSTER_RECIPIENTS", site.identity().recipient()),
        Map.entry("MUSTER_STREAMS", json.writeValueAsString(specs)),
        Map.entry("MUSTER_DIR", folder.toString()),
        Map.entry("MUSTER_TERMINATION_LOG", folder.resolve("termination").toString()),
        Map.entry("MUSTER_PART_BYTES", Integer.toString(SEGMENT)),
        Map.entry("MUSTER_SEGMENT_BYTES", Integer.toString(SEGMENT)),
        Map.entry("MUSTER_OPEN_TIMEOUT", "PT60S"));
  }

  /// A tool that dies closes its pipe, and nobody can tell that from the end.
  private static void produce(Path pipe, byte[] bytes) {
    try (OutputStream out = new FileOutputStream(pipe.toFile())) {
      out.write(bytes);
    } catch (IOException e) {
      // The mover has given up: the pipe is broken.
    }
  }

  /// The first part is there a second time, of the same length and with other bytes.
  private void spoil(Stage stage) {
    String prefix = stage.keys.data();
    for (var upload : store.listUploads(prefix)) {
      long length = store.listParts(upload.key(), upload.uploadId()).getFirst().bytes();
      byte[] other = new byte[(int) length];
      store.putPart(upload.key(), upload.uploadId(), 1, other, Dump.sha256(other));
      return;
    }
  }
}
