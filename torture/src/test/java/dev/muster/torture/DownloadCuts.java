package dev.muster.torture;

import dev.muster.mover.Handover;
import dev.muster.mover.Pipes;
import dev.muster.mover.Restore;
import dev.muster.repository.FileKeys;
import dev.muster.repository.Json;
import dev.muster.repository.Manifest;
import dev.muster.repository.ManifestVerifier;
import dev.muster.repository.Sizes;
import dev.muster.repository.wire.Ticket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/// Restores whose connections are cut, or whose objects are not what they were.
final class DownloadCuts {

  private final World world;
  private final StoreLine line;
  private final Optional<Sabotage> sabotage;
  private final Tally tally;
  private final Dump dump;
  private final Manifest.Stream stream;

  private DownloadCuts(
      World world,
      StoreLine line,
      Optional<Sabotage> sabotage,
      Tally tally,
      Dump dump,
      Manifest.Stream stream) {
    this.world = world;
    this.line = line;
    this.sabotage = sabotage;
    this.tally = tally;
    this.dump = dump;
    this.stream = stream;
  }

  /// Seals the point that all cases restore.
  static DownloadCuts prepare(World world, StoreLine line, Optional<Sabotage> sabotage, Tally tally)
      throws Exception {
    Dump dump = large();
    Backups.End end =
        new Backups(world.site(), line.store(), Optional.empty())
            .run(
                new Backups.Fate(
                    Map.of("main", dump),
                    Map.of("main", dump.whole()),
                    0,
                    Optional.empty(),
                    false));
    byte[] stored = line.store().get(end.manifestKey(), Sizes.MANIFEST).orElseThrow();
    var verifier = new ManifestVerifier(List.of(world.site().signing().publicKey()));
    var valid = (ManifestVerifier.Check.Valid) verifier.verify(end.manifestKey(), stored);
    return new DownloadCuts(
        world, line, sabotage, tally, dump, valid.manifest().streams().getFirst());
  }

  private static Dump large() {
    Random random = new Random(1);
    Dump dump = Dump.random(random, "main");
    while (dump.whole().length < 60_000) {
      dump = Dump.random(random, "main");
    }
    return dump;
  }

  private record Result(int code, byte[] got) {}

  void run(long seed) throws Exception {
    RandomGenerator random = new SplittableRandom(seed);
    boolean damaged = random.nextInt(4) == 0;
    Ticket ticket = ticket(damaged ? Optional.of(random) : Optional.empty());
    line.cut(random, random.nextInt(4));
    Result result = restored(ticket);
    line.heal();
    boolean success = result.code() == 0 || sabotage.equals(Optional.of(Sabotage.RESTORE_VERDICT));
    boolean equal = Arrays.equals(result.got(), dump.whole());
    if (success && !equal) {
      tally.falseSuccess(
          seed, "restored %d bytes of %d".formatted(result.got().length, dump.whole().length));
    } else if (success) {
      tally.whole.incrementAndGet();
    } else {
      tally.refused.incrementAndGet();
    }
  }

  private Ticket ticket(Optional<RandomGenerator> damage) throws IOException {
    List<Manifest.Segment> segments = stream.segments();
    byte[] head;
    try (InputStream in =
        line.store().openStream(segments.getFirst().key(), 0, FileKeys.HEADER_BYTES)) {
      head = in.readAllBytes();
    }
    var key =
        (FileKeys.Unwrapped.Key)
            FileKeys.ofIdentityFile(world.site().identity().file()).unwrap(head);
    int spoilt = damage.map(random -> random.nextInt(segments.size())).orElse(-1);
    List<Ticket.Segment> all = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      String at =
          i == spoilt ? spoilt(segments.get(i), damage.orElseThrow()) : segments.get(i).key();
      all.add(
          new Ticket.Segment(
              line.store().presignGet(at, Duration.ofMinutes(5)).url().toString(),
              segments.get(i).bytes(),
              segments.get(i).sha256()));
    }
    return new Ticket(
        List.of(
            new Ticket.Stream(
                stream.name(),
                key.key().toBase64(),
                stream.plainBytes(),
                stream.plainSha256(),
                all)));
  }

  /// A copy of a segment that is shorter, longer or has another bit.
  private String spoilt(Manifest.Segment segment, RandomGenerator random) throws IOException {
    byte[] bytes;
    try (InputStream in = line.store().openStream(segment.key(), 0, -1)) {
      bytes = in.readAllBytes();
    }
    byte[] other =
        switch (random.nextInt(3)) {
          case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
          case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(100));
          default -> {
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            yield flipped;
          }
        };
    String key = "damaged/" + Dump.sha256(other);
    var unused = line.store().putIfAbsent(key, other);
    return key;
  }

  private Result restored(Ticket ticket) throws Exception {
    Path folder = Files.createTempDirectory(world.site().folder(), "restore");
    Pipes.make(folder, List.of(stream.name()), List.of());
    Path at = folder.resolve("ticket");
    Map<String, String> environment =
        Map.of(
            "MUSTER_TERMINATION_LOG",
            folder.resolve("termination").toString(),
            "MUSTER_CLIENT_TIMEOUT",
            "PT60S",
            "MUSTER_STORE_TIMEOUT",
            "PT30S");
    byte[] body = Json.encode(ticket);
    byte[] framed = ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
    // Opening a pipe holds the thread below a virtual one, of which there are few.
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      var client = threads.submit(() -> read(folder.resolve("streams").resolve(stream.name())));
      var handover = threads.submit(() -> Handover.run(new ByteArrayInputStream(framed), at));
      int code = Restore.run(environment, folder, at);
      if (handover.get() != 0) {
        throw new AssertionError("the ticket did not arrive");
      }
      return new Result(code, client.get());
    } finally {
      Site.remove(folder);
    }
  }

  private static byte[] read(Path pipe) throws IOException {
    try (InputStream in = Files.newInputStream(pipe)) {
      return in.readAllBytes();
    }
  }
}
