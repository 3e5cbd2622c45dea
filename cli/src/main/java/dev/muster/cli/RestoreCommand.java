package dev.muster.cli;

import dev.muster.model.PointId;
import dev.muster.repository.FileKeys;
import dev.muster.restore.RestoreOptions;
import dev.muster.restore.RestoreOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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

/// Restores a point into new databases of its server, or writes what was dumped to a file or pipe.
@Command(
    name = "restore",
    description = {
      "Restore a point beside the live data, or bring one table back.",
      "With --to only write what was dumped: that needs no cluster."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private StoreOptions place = new StoreOptions();
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
      names = "--to",
      paramLabel = "FILE",
      description = "Write one stream as it was dumped to a new file, or - for a pipe.")
  private @Nullable String to;

  @Option(names = "--stream", paramLabel = "NAME", description = "With --to: which one.")
  private @Nullable String stream;

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
    RestoreOptions wanted = wanted();
    PointId id = NamedPoint.parsed(point);
    FileKeys keys = IdentityOption.read(identity);
    try (Session session = new Session(options, place, environment);
        Interruption _ = Interruption.ofThisThread()) {
      return to == null
          ? end(new DatabaseRestore(session, keys, timeout, this::print).run(id, wanted))
          : write(session, id, keys, to);
    }
  }

  private RestoreOptions wanted() {
    boolean database = this.database != null || table != null || replace || swap;
    if (to == null && stream != null) {
      throw new BadInput("--stream is for --to");
    }
    if (to == null && place.place != null) {
      throw new BadInput("--store is for --to: a restore into databases needs their cluster");
    }
    if (to != null && database) {
      throw new BadInput("--to only writes a stream: no --database, --table, --replace or --swap");
    }
    try {
      return new RestoreOptions(
          Optional.ofNullable(this.database), Optional.ofNullable(table), replace, swap);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()), e);
    }
  }

  private int write(Session session, PointId id, FileKeys keys, String file) {
    PrintWriter err = spec.commandLine().getErr();
    NamedPoint named = NamedPoint.read(session, id);
    if (named.tampered()) {
      err.println(
          "muster: warning: the manifest of %s was written again or deleted; its first version counts"
              .formatted(id));
    }
    Optional<String> failed =
        new StreamFile(session, keys, err).write(named, Optional.ofNullable(stream), file);
    if (failed.isPresent()) {
      err.println("muster: " + Terminal.lines(failed.get()));
      return Exit.FAILED;
    }
    if (!file.equals(StreamFile.PIPE)) {
      print("Restored", "into " + file);
    }
    return Exit.OK;
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
