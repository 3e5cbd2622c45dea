package dev.muster.mover;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import dev.muster.repository.BackupStore;
import dev.muster.repository.FileKeys;
import dev.muster.repository.Json;
import dev.muster.repository.Keys;
import dev.muster.repository.Manifest;
import dev.muster.repository.ManifestSigner;
import dev.muster.repository.Sealer;
import dev.muster.repository.SigningKey;
import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import dev.muster.repository.wire.RunReport.StreamReport;
import dev.muster.repository.wire.StreamSpec;
import dev.muster.repository.wire.Termination;
import dev.muster.repository.wire.Ticket;
import dev.muster.testkit.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One run's world: a shared folder with pipes, a run API, a place in a real store.
final class MoverBed implements AutoCloseable {

  static final int PART = 5 * 1024 * 1024;
  static final int SEGMENT = 12 * 1024 * 1024;

  final Path folder;
  final BackupStore store;
  final TestRunApi api;
  final Keys keys = new Keys(UUID.randomUUID().toString());
  final Map<String, String> environment = new HashMap<>();
  final String identity;
  private final String storeCa;
  private final List<Process> clients = new ArrayList<>();

  MoverBed(Path folder, Path pki, ObjectStore server, StreamSpec... streams) throws Exception {
    this(folder, pki, server, server.endpoint(), streams);
  }

  /// A bed whose signed requests go to `endpoint`, which leads to the server.
  MoverBed(Path folder, Path pki, ObjectStore server, URI endpoint, StreamSpec... streams)
      throws Exception {
    this.folder = Files.createDirectories(folder);
    this.storeCa = server.caPem();
    this.store =
        S3BackupStore.open(
            new S3Settings(
                endpoint,
                "us-east-1",
                ObjectStore.BUCKET,
                true,
                Optional.of(storeCa),
                new S3Credentials(
                    ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY, Optional.empty())));
    this.api = TestRunApi.start(pki, store, keys);
    var pair = new X25519KeyPairGenerator().generateKeyPair();
    this.identity = pair.getPrivate().toString();
    Pipes.make(
        folder,
        List.of(streams).stream().map(StreamSpec::name).toList(),
        List.of(streams).stream().filter(StreamSpec::probe).map(StreamSpec::name).toList());
    token("first");
    environment.putAll(
        Map.of(
            "MUSTER_RUN_ID",
            TestRunApi.RUN,
            "MUSTER_ATTEMPT",
            TestRunApi.ATTEMPT,
            "MUSTER_API",
            api.url(),
            "MUSTER_API_CA",
            storeCa,
            "MUSTER_STORE_CA",
            storeCa,
            "MUSTER_TOKEN_FILE",
            folder.resolve("token").toString(),
            "MUSTER_RECIPIENTS",
            pair.getPublic().toString(),
            "MUSTER_STREAMS",
            new String(Json.encode(List.of(streams)), StandardCharsets.UTF_8),
            "MUSTER_DIR",
            folder.toString(),
            "MUSTER_TERMINATION_LOG",
            folder.resolve("termination").toString()));
    environment.putAll(
        Map.of(
            "MUSTER_PART_BYTES",
            String.valueOf(PART),
            "MUSTER_SEGMENT_BYTES",
            String.valueOf(SEGMENT),
            "MUSTER_OPEN_TIMEOUT",
            "PT10S",
            "MUSTER_REACH_TIMEOUT",
            "PT1S"));
  }

  void token(String value) throws IOException {
    Files.writeString(folder.resolve("token"), value + "\n");
    api.token = value;
  }

  /// A producer as its own process: exactly what a dump container is to a pipe.
  Process produce(String kind, String stream, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(kind + "-" + stream), content);
    return new ProcessBuilder(
            "sh",
            "-c",
            "exec cat \"$0\" > \"$1\"",
            file.toString(),
            folder.resolve(kind).resolve(stream).toString())
        .start();
  }

  /// A client as its own process; its output is in the returned file once [#awaitClients] is
  /// through.
  Path consume(String stream) throws IOException {
    Path file = folder.resolve("got-" + stream);
    clients.add(
        new ProcessBuilder("sh", "-c", "exec cat < \"$0\" > \"$1\"", pipe(stream), file.toString())
            .start());
    return file;
  }

  void awaitClients() throws InterruptedException {
    for (Process client : clients) {
      client.waitFor();
    }
  }

  String pipe(String stream) {
    return folder.resolve("streams").resolve(stream).toString();
  }

  Termination termination() throws IOException {
    return Json.decode(
        Files.readAllBytes(folder.resolve("termination")), Termination.class, "termination");
  }

  List<Manifest.Segment> complete(StreamReport stream) {
    Sealer sealer = new Sealer(store, keys, new ManifestSigner(SigningKey.generate()));
    var attempt = new Sealer.Attempt(TestRunApi.WORKLOAD, TestRunApi.RUN, TestRunApi.ATTEMPT);
    return ((Sealer.Completion.Stored) sealer.complete(attempt, stream, api::upload)).segments();
  }

  /// A ticket for a stream that was completed.
  Ticket.Stream ticket(StreamReport stream, List<Manifest.Segment> segments) throws IOException {
    byte[] head;
    try (var in = store.openStream(segments.getFirst().key(), 0, FileKeys.HEADER_BYTES)) {
      head = in.readAllBytes();
    }
    var key = (FileKeys.Unwrapped.Key) FileKeys.ofIdentityFile(identity).unwrap(head);
    List<Ticket.Segment> tickets = new ArrayList<>();
    for (Manifest.Segment segment : segments) {
      tickets.add(
          new Ticket.Segment(
              store.presignGet(segment.key(), Duration.ofMinutes(5)).url().toString(),
              segment.bytes(),
              segment.sha256()));
    }
    return new Ticket.Stream(
        stream.name(), key.key().toBase64(), stream.plainBytes(), stream.plainSha256(), tickets);
  }

  @Override
  public void close() {
    clients.forEach(Process::destroy);
    api.close();
    store.close();
  }
}
