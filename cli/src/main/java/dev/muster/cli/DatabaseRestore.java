package dev.muster.cli;

import dev.muster.model.PointId;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.FileKeys;
import dev.muster.repository.Manifest;
import dev.muster.restore.Opened;
import dev.muster.restore.RestoreOptions;
import dev.muster.restore.RestoreOutcome;
import dev.muster.restore.RestorePlan;
import dev.muster.restore.RestoreRun;
import dev.muster.restore.RestoreSteps;
import dev.muster.restore.TicketOffice;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;

/// A point into new databases of the server that it came from. The identity stays on this machine;
/// only the key of each stream travels to the restore Pod. Needs no living part of Muster in the
/// cluster.
final class DatabaseRestore {

  private final Session session;
  private final FileKeys keys;
  private final Duration timeout;
  private final BiConsumer<String, String> news;

  /// `news` is told a state and a message.
  DatabaseRestore(
      Session session, FileKeys keys, Duration timeout, BiConsumer<String, String> news) {
    this.session = session;
    this.keys = keys;
    this.timeout = timeout;
    this.news = news;
  }

  RestoreOutcome run(PointId id, RestoreOptions wanted) {
    SecureRandom random = new SecureRandom();
    session.cluster();
    TicketOffice tickets =
        new TicketOffice(session.store(), session.keys(), session.verifier(), keys, timeout);
    Manifest manifest = manifest(tickets, NamedPoint.workload(session, id), id);
    RestorePlan plan =
        RestorePlan.of(
            RestoreSteps.profile(session.profiles(), manifest), manifest, wanted, mark(random));
    RestoreRun run =
        new RestoreRun(
            session.cluster(),
            tickets,
            session.configuration().image(),
            session.storeCa(),
            timeout,
            random,
            line -> news.accept("RestoreStep", line));
    return run.run(plan, manifest);
  }

  private static String mark(SecureRandom random) {
    return HexFormat.of().toHexDigits((short) random.nextInt());
  }

  private Manifest manifest(TicketOffice tickets, WorkloadKey workload, PointId id) {
    return switch (tickets.open(workload, id)) {
      case Opened.Trusted(_, _, Manifest manifest, List<String> warnings) -> {
        warnings.forEach(warning -> news.accept("Warning", warning));
        yield manifest;
      }
      case Opened.Refused(String key, String evidence) ->
          throw new BadInput("point %s is not to be believed: %s: %s".formatted(id, key, evidence));
      case Opened.Absent(String key) -> throw new BadInput("the store has no " + key);
      case Opened.Unavailable(String key, String reason) ->
          throw new BadInput(
              "cannot read %s: %s; check the store's credential".formatted(key, reason));
    };
  }
}
