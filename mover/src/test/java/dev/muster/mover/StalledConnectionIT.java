package dev.muster.mover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.Digests;
import dev.muster.repository.Json;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
final class StalledConnectionIT {

  @TempDir Path folder;

  @Test
  @Covers({"F33", "F61"})
  void restoreGoesOnWhereAStoreFellSilentInTheMiddleOfASegment() throws Exception {
    Path pki = Files.createDirectories(folder.resolve("store"));
    byte[] plain = new byte[18_000_000];
    new Random(3).nextBytes(plain);
    try (ObjectStore server = ObjectStore.start(pki);
        CuttingProxy proxy = CuttingProxy.start(server.endpoint().getPort(), new Random(3), 1, 0);
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
      StreamReport stream = bed.api.report().streams().getFirst();
      Ticket ticket = new Ticket(List.of(bed.ticket(stream, bed.complete(stream))));
      byte[] body = Json.encode(ticket);
      byte[] framed = ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
      Path path = bed.folder.resolve("ticket");
      bed.environment.put("MUSTER_STORE_TIMEOUT", "PT3S");
      Path got = bed.consume("s");
      proxy.stallNext(5_000_000);

      var handed = threads.submit(() -> Handover.run(new ByteArrayInputStream(framed), path));
      int restore = Restore.run(bed.environment, bed.folder, path);

      assertThat(backup).isZero();
      assertThat(handed.get()).isZero();
      assertThat(restore).isZero();
      assertThat(proxy.stalls()).isEqualTo(1);
      bed.awaitClients();
      assertThat(Digests.sha256(Files.readAllBytes(got))).isEqualTo(Digests.sha256(plain));
    }
  }
}
