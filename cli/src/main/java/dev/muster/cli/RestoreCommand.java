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
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Restores a point into new databases of its server. The identity stays on this machine; only the
/// key of each stream travels to the restore Pod. Needs no living part of Muster in the cluster.
@Command(
    name = "restore",
    description = "Restore a point beside the live data, or bring one table back.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "POINT", description = "As muster points lists it.")
  private String point = "";

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      required = true,
      description = "The age identity that opens the point; it never leaves this machine.")
  private Path identity = Path.of("identity.txt");

  @Option(names = "--database", paramLabel = "NAME", description = "Only this database.")
  private @Nullable String database;

  @Option(
      names = "--table",
      paramLabel = "SCHEMA.TABLE",
      description = "Also copy this table back into the live database.")
  private @Nullable String table;

  @Option(names = "--replace", description = "With --table: replace the table if it exists.")
  private boolean replace;

  @Option(names = "--swap", description = "Rename the restored database into the live one's place.")
  private boolean swap;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "4h",
      converter = DurationOption.class,
      description = "For each step. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofHours(4);

  RestoreCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    SecureRandom random = new SecureRandom();
    try (Session session = new Session(options, environment);
        Interruption _ = Interruption.ofThisThread()) {
      RestoreOptions wanted = wanted();
      PointId id = parsed(point);
      FileKeys keys = identity();
      session.cluster();
      TicketOffice tickets =
          new TicketOffice(session.store(), session.keys(), session.verifier(), keys, timeout);
      Manifest manifest = manifest(tickets, workload(session, id), id);
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
              line -> print("RestoreStep", line));
      return end(run.run(plan, manifest));
    }
  }

  private static String mark(SecureRandom random) {
    return HexFormat.of().toHexDigits((short) random.nextInt());
  }

  private RestoreOptions wanted() {
    try {
      return new RestoreOptions(
          Optional.ofNullable(database), Optional.ofNullable(table), replace, swap);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()), e);
    }
  }

  private static PointId parsed(String text) {
    try {
      return PointId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadInput("'" + text + "' is " + e.getMessage() + "; see muster points", e);
    }
  }

  private FileKeys identity() {
    try {
      return FileKeys.ofIdentityFile(Files.readString(identity));
    } catch (CharacterCodingException e) {
      throw new BadInput(identity + " holds no text, so no age identity: check --identity", e);
    } catch (IOException e) {
      throw new BadInput("cannot read the identity " + identity + ": check --identity", e);
    } catch (IllegalArgumentException e) {
      throw new BadInput(identity + ": " + e.getMessage(), e);
    }
  }

  private static WorkloadKey workload(Session session, PointId id) {
    return new PointList(session)
        .workloadOf(id)
        .orElseThrow(() -> new BadInput("the store has no point " + id + ": see muster points"));
  }

  private Manifest manifest(TicketOffice tickets, WorkloadKey workload, PointId id) {
    return switch (tickets.open(workload, id)) {
      case Opened.Trusted(_, _, Manifest manifest, List<String> warnings) -> {
        warnings.forEach(warning -> print("Warning", warning));
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

  private int end(RestoreOutcome outcome) {
    return switch (outcome) {
      case RestoreOutcome.Restored(List<String> databases, List<String> notes) -> {
        notes.forEach(note -> print("RestoreChecked", note));
        print("Restored", "into " + String.join(", ", databases));
        yield Exit.OK;
      }
      case RestoreOutcome.Failed(String reason, List<String> leftovers) -> {
        print("RestoreFailed", reason + left(leftovers));
        yield Exit.FAILED;
      }
      case RestoreOutcome.Unfinished(String reason, List<String> databases) -> {
        print("RestoreUnfinished", "%s; the data is whole in %s".formatted(reason, databases));
        yield Exit.FAILED;
      }
    };
  }

  private static String left(List<String> databases) {
    return databases.isEmpty()
        ? ""
        : "; what is incomplete may be dropped: " + String.join(", ", databases);
  }

  private void print(String state, String message) {
    RunNews news = new RunNews(state, message, "", point);
    PrintWriter out = spec.commandLine().getOut();
    out.println(output.json() ? news.jsonLine() : news.text());
    out.flush();
  }
}
