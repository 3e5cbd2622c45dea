package dev.muster.mover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.Json;
import dev.muster.repository.Manifest;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.repository.wire.RunReport.StreamReport;
import dev.muster.repository.wire.StreamSpec;
import dev.muster.repository.wire.Ticket;
import dev.muster.testkit.Covers;
import dev.muster.testkit.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class RestoreIT {

  @TempDir static Path pki;
  private static ObjectStore server;
  @TempDir Path folder;

  private final byte[] globals = noise(1000);
  private final byte[] app = noise(20_000_000);
  private MoverBed bed;
  private List<Manifest.Segment> segments;
  private StreamReport report;
  private Ticket ticket;

  @BeforeAll
  static void start() {
    server = ObjectStore.start(pki);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void backUp() throws Exception {
    bed =
        new MoverBed(
            folder,
            pki,
            server,
            new StreamSpec("globals", false, null, null),
            new StreamSpec("db-app", false, null, null));
    bed.produce("streams", "globals", globals);
    bed.produce("streams", "db-app", app);
    assertThat(Backup.run(bed.environment)).isZero();
    report = bed.api.report().streams().getLast();
    StreamReport first = bed.api.report().streams().getFirst();
    segments = bed.complete(report);
    ticket =
        new Ticket(List.of(bed.ticket(first, bed.complete(first)), bed.ticket(report, segments)));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void everyClientGetsItsStream() throws Exception {
    Path gotGlobals = bed.consume("globals");
    Path gotApp = bed.consume("db-app");

    RestoreMessage message = restore(ticket);

    assertThat(message.restored()).as(message.detail()).isTrue();
    assertThat(message.streams())
        .extracting(RestoreMessage.MeasuredStream::plainBytes)
        .containsExactly((long) globals.length, (long) app.length);
    assertThat(message.streams().getLast().storedBytes())
        .isEqualTo(segments.stream().mapToLong(Manifest.Segment::bytes).sum());
    bed.awaitClients();
    assertThat(Files.readAllBytes(gotGlobals)).isEqualTo(globals);
    assertThat(Files.readAllBytes(gotApp)).isEqualTo(app);
  }

  @Test
  @Covers({"F70", "F78"})
  void aFlippedBitInTheStoreIsFoundAndTheClientSeesNoCleanEnd() throws Exception {
    Path object = server.file(segments.getLast().key());
    byte[] bytes = Files.readAllBytes(object);
    bytes[bytes.length - 1000] ^= 1;
    Files.write(object, bytes);
    bed.consume("globals");
    Path got = bed.consume("db-app");

    RestoreMessage message = restore(ticket);

    assertThat(message.restored()).isFalse();
    assertThat(message.reason()).isEqualTo(RestoreMessage.SEGMENT_DIGEST);
    assertThat(message.detail()).contains("segment " + segments.size() + " of stream db-app");
    assertThat(Files.size(got)).isLessThan(app.length);
  }

  @Test
  @Covers({"F70", "F77"})
  void aShortOrMissingSegmentIsFound() throws Exception {
    Path object = server.file(segments.get(1).key());
    byte[] bytes = Files.readAllBytes(object);
    Files.write(object, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    bed.consume("globals");
    bed.consume("db-app");
    RestoreMessage shorter = restore(ticket);
    Files.delete(object);
    bed.consume("globals");
    bed.consume("db-app");
    RestoreMessage missing = restore(ticket);

    assertThat(shorter.reason()).isEqualTo(RestoreMessage.SEGMENT_DIGEST);
    assertThat(missing.reason()).isEqualTo(RestoreMessage.SEGMENT_MISSING);
  }

  @Test
  @Covers("F80")
  void aWrongKeyIsToldFromDamage() throws Exception {
    Ticket.Stream good = ticket.streams().getLast();
    Ticket wrong =
        new Ticket(
            List.of(
                new Ticket.Stream(
                    good.name(),
                    java.util.Base64.getEncoder().encodeToString(new byte[16]),
                    good.plainBytes(),
                    good.plainSha256(),
                    good.segments())));
    bed.consume("db-app");

    RestoreMessage message = restore(wrong);

    assertThat(message.reason()).isEqualTo(RestoreMessage.DECRYPT);
  }

  @Test
  void aPlaintextThatIsNotTheManifestsNeverEndsCleanly() throws Exception {
    Ticket.Stream good = ticket.streams().getLast();
    Ticket wrong =
        new Ticket(
            List.of(
                new Ticket.Stream(
                    good.name(),
                    good.fileKey(),
                    good.plainBytes(),
                    "00".repeat(32),
                    good.segments())));
    Path got = bed.consume("db-app");

    RestoreMessage message = restore(wrong);

    assertThat(message.reason()).isEqualTo(RestoreMessage.PLAIN_DIGEST);
    assertThat(Files.size(got)).isLessThan(app.length);
  }

  @Test
  void aClientThatStopsOrNeverComesIsNamed() throws Exception {
    Ticket one = new Ticket(List.of(ticket.streams().getLast()));
    new ProcessBuilder("sh", "-c", "head -c 1000 < \"$0\" > /dev/null", bed.pipe("db-app")).start();
    RestoreMessage stopped = restore(one);
    bed.environment.put("MUSTER_CLIENT_TIMEOUT", "PT1S");
    RestoreMessage absent = restore(one);

    assertThat(stopped.reason()).isEqualTo(RestoreMessage.CLIENT);
    assertThat(stopped.detail()).contains("stream db-app");
    assertThat(absent.reason()).isEqualTo(RestoreMessage.CLIENT);
  }

  @Test
  void noTicketAndABrokenTicketAreTold() throws Exception {
    bed.environment.put("MUSTER_TICKET_TIMEOUT", "PT1S");
    Restore.run(bed.environment, folder, folder.resolve("ticket"));
    RestoreMessage none = message();
    bed.environment.put("MUSTER_TICKET_TIMEOUT", "PT20S");
    RestoreMessage broken =
        restore("{\"streams\": 7}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(none.reason()).isEqualTo(RestoreMessage.TICKET);
    assertThat(broken.reason()).isEqualTo(RestoreMessage.TICKET);
  }

  private RestoreMessage restore(Ticket wanted) throws Exception {
    return restore(Json.encode(wanted));
  }

  private RestoreMessage restore(byte[] body) throws Exception {
    byte[] framed = ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
    Path path = folder.resolve("ticket");
    CompletableFuture<Integer> handed = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            handed.complete(Handover.run(new ByteArrayInputStream(framed), path));
          } catch (InterruptedException | RuntimeException e) {
            handed.completeExceptionally(e);
          }
        });
    int exit = Restore.run(bed.environment, folder, path);
    assertThat(handed.get()).isZero();
    RestoreMessage message = message();
    assertThat(exit == 0).isEqualTo(message.restored());
    return message;
  }

  private RestoreMessage message() throws IOException {
    return Json.decode(
        Files.readAllBytes(folder.resolve("termination")), RestoreMessage.class, "termination");
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
