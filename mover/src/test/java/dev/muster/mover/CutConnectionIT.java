package dev.muster.mover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.Digests;
import dev.muster.repository.Json;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.repository.wire.RunReport.StreamReport;
import dev.muster.repository.wire.StreamSpec;
import dev.muster.repository.wire.Ticket;
import dev.muster.testkit.Covers;
import dev.muster.testkit.CuttingProxy;
import dev.muster.testkit.ObjectStore;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
final class CutConnectionIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @Covers({"F33", "F61"})
  void connectionsThatAreCutAnywhereLoseNothing(long seed) throws Exception {
    Path pki = Files.createDirectories(folder.resolve("store"));
    byte[] plain = new byte[18_000_000];
    new Random(seed).nextBytes(plain);
    try (ObjectStore server = ObjectStore.start(pki);
        CuttingProxy proxy =
            CuttingProxy.start(server.endpoint().getPort(), new Random(seed), 4_000_000, 6);
        MoverBed bed =
            new MoverBed(
                folder.resolve("run"),
                pki,
                server,
                URI.create("https://127.0.0.1:" + proxy.port()),
                new StreamSpec("s", false, null, null));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      bed.produce("streams", "s", plain);

      int backup = Backup.run(bed.environment);
      int cutsOfBackup = proxy.cuts();
      proxy.cutAgain(0);
      StreamReport stream = bed.api.report().streams().getFirst();
      Ticket ticket = new Ticket(List.of(bed.ticket(stream, bed.complete(stream))));
      proxy.cutAgain(4);
      Path got = bed.consume("s");
      byte[] body = Json.encode(ticket);
      byte[] framed = ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
      Path path = bed.folder.resolve("ticket");
      var handed = threads.submit(() -> Handover.run(new ByteArrayInputStream(framed), path));
      int restore = Restore.run(bed.environment, bed.folder, path);

      assertThat(backup).isZero();
      assertThat(cutsOfBackup).isPositive();
      assertThat(handed.get()).isZero();
      assertThat(restore).as(message(bed).detail()).isZero();
      assertThat(proxy.cuts()).isGreaterThan(cutsOfBackup);
      bed.awaitClients();
      assertThat(Digests.sha256(Files.readAllBytes(got))).isEqualTo(Digests.sha256(plain));
    }
  }

  private static RestoreMessage message(MoverBed bed) throws Exception {
    return Json.decode(
        Files.readAllBytes(bed.folder.resolve("termination")), RestoreMessage.class, "message");
  }
}
