import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import dev.muster.repository.wire.PartGrant;
import dev.muster.repository.wire.PartRequest;
import dev.muster.repository.wire.RunReport;
import dev.muster.repository.wire.Ticket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * What the auditor is to a mover, without a cluster: grants parts, completes what was reported, and
 * leaves a framed ticket for the restore and the stored bytes in files. Arguments: port, endpoint,
 * CA file, identity file, folder.
 */
final class Grants {
  private static final String WORKLOAD = "0123456789abcdef0123456789abcdef";

  private final BackupStore store;
  private final FileKeys identity;
  private final Path folder;
  private final Keys keys = new Keys("bench");
  private final Map<String, String> uploads = new ConcurrentHashMap<>();

  private Grants(BackupStore store, FileKeys identity, Path folder) {
    this.store = store;
    this.identity = identity;
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    BackupStore store =
        S3BackupStore.open(
            new S3Settings(
                URI.create(args[1]),
                "us-east-1",
                "muster",
                true,
                Optional.of(Files.readString(Path.of(args[2]))),
                S3Credentials.fromEnvironment(System.getenv())));
    FileKeys identity = FileKeys.ofIdentityFile(Files.readString(Path.of(args[3])));
    Grants grants = new Grants(store, identity, Path.of(args[4]));
    HttpServer server =
        HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/runs/", grants::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getPath().split("/");
      byte[] body = exchange.getRequestBody().readAllBytes();
      byte[] answer = new byte[0];
      switch (path[4]) {
        case "parts" -> answer = Json.encode(grant(path[3], Json.decode(body, PartRequest.class, "")));
        case "report" -> complete(path[3], Json.decode(body, RunReport.class, ""));
        default -> {}
      }
      exchange.sendResponseHeaders(answer.length == 0 ? 204 : 200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    } catch (RuntimeException e) {
      e.printStackTrace();
      exchange.sendResponseHeaders(500, -1);
    }
  }

  private PartGrant grant(String run, PartRequest part) {
    String key = keys.segment(WORKLOAD, run, part.attempt(), part.stream(), part.segment());
    String upload = uploads.computeIfAbsent(key, store::createUpload);
    var signed =
        store.presignPart(
            key, upload, part.part(), part.length(), part.sha256(), Duration.ofMinutes(15));
    return new PartGrant(signed.url().toString(), signed.headers(), signed.expires());
  }

  private void complete(String run, RunReport report) throws IOException {
    Sealer sealer = new Sealer(store, keys, new ManifestSigner(SigningKey.generate()));
    List<Ticket.Stream> streams = new ArrayList<>();
    long bytes = 0;
    for (RunReport.StreamReport stream : report.streams()) {
      var stored =
          (Sealer.Completion.Stored)
              sealer.complete(
                  new Sealer.Attempt(WORKLOAD, run, report.attempt()),
                  stream,
                  (name, number) ->
                      Optional.ofNullable(
                          uploads.get(keys.segment(WORKLOAD, run, report.attempt(), name, number))));
      bytes += stored.segments().stream().mapToLong(Manifest.Segment::bytes).sum();
      streams.add(ticket(stream, stored.segments()));
    }
    byte[] ticket = Json.encode(new Ticket(streams));
    Files.write(
        folder.resolve(run + ".ticket"),
        ByteBuffer.allocate(4 + ticket.length).putInt(ticket.length).put(ticket).array());
    Files.writeString(folder.resolve(run + ".bytes"), Long.toString(bytes));
  }

  private Ticket.Stream ticket(RunReport.StreamReport stream, List<Manifest.Segment> segments)
      throws IOException {
    byte[] head;
    try (InputStream in = store.openStream(segments.getFirst().key(), 0, FileKeys.HEADER_BYTES)) {
      head = in.readAllBytes();
    }
    var key = (FileKeys.Unwrapped.Key) identity.unwrap(head);
    List<Ticket.Segment> all = new ArrayList<>();
    for (Manifest.Segment segment : segments) {
      String url = store.presignGet(segment.key(), Duration.ofHours(2)).url().toString();
      all.add(new Ticket.Segment(url, segment.bytes(), segment.sha256()));
    }
    return new Ticket.Stream(
        stream.name(), key.key().toBase64(), stream.plainBytes(), stream.plainSha256(), all);
  }
}
