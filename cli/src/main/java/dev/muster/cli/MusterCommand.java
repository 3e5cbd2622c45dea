package dev.muster.cli;

import dev.muster.cluster.ClusterException;
import dev.muster.config.InvalidConfigurationException;
import dev.muster.policies.PolicyException;
import dev.muster.policies.rego.RegoException;
import dev.muster.repository.StoreException;
import dev.muster.restore.UnfitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The command line: one class for each command, and one place that turns failures into exit codes.
@Command(
    name = "muster",
    description =
        "Every persistent volume backed up and restored in a drill, or named with the reason.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class MusterCommand {

  private MusterCommand() {}

  static int run(Map<String, String> environment, String... args) {
    CommandLine line = commandLine(environment);
    // Reports are UTF-8 also in a pipeline that says nothing of its locale.
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    int code = line.execute(args);
    if (line.getOut().checkError()) {
      line.getErr().println("muster: cannot write to standard output: what is there is not all");
      return Math.max(code, failed(line));
    }
    return code;
  }

  /// What the command that ran ends with where it was tried and did not succeed.
  private static int failed(CommandLine line) {
    CommandLine.ParseResult parsed = line.getParseResult();
    return parsed == null
        ? Exit.FAILED
        : parsed.asCommandLineList().getLast().getCommandSpec().exitCodeOnExecutionException();
  }

  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(CommandSpec.forAnnotatedObject(new MusterCommand()));
    line.addSubcommand(completion());
    line.addSubcommand(new AuditCommand(environment));
    line.addSubcommand(new ControlsCommand(environment));
    line.addSubcommand(new InventoryCommand(environment));
    line.addSubcommand(new BackupCommand(environment));
    line.addSubcommand(
        new CommandLine(new DrillCommand(environment))
            .addSubcommand(new DrillServeCommand(environment)));
    line.addSubcommand(new PointsCommand(environment));
    line.addSubcommand(new VerifyCommand(environment));
    line.addSubcommand(new RestoreCommand(environment));
    line.addSubcommand(StoreCommand.line(environment));
    line.addSubcommand(new ExplainCommand(environment));
    line.addSubcommand(new SimulateCommand(environment));
    line.addSubcommand(new GitopsCommand());
    line.addSubcommand(new PolicyCommand());
    line.addSubcommand(new KeysCommand());
    line.addSubcommand(new WebhookCommand());
    line.addSubcommand(new AuditorCommand(environment));
    versioned(line);
    line.setExecutionExceptionHandler(MusterCommand::failed);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  /// Its help speaks of the name that it has here.
  private static CommandLine completion() {
    CommandLine line = new CommandLine(new AutoComplete.GenerateCompletion());
    line.getCommandSpec().name("completion");
    return line;
  }

  private static void versioned(CommandLine line) {
    line.getCommandSpec().versionProvider(new Version());
    line.getSubcommands().values().forEach(MusterCommand::versioned);
  }

  private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    line.getErr().println("muster: " + Terminal.lines(message(e)));
    if (System.getenv("MUSTER_TRACE") != null) {
      e.printStackTrace(line.getErr());
    }
    return code(e, line.getCommandSpec().exitCodeOnExecutionException());
  }

  /// @param failed what the command ends with where it was tried and did not succeed
  private static int code(Exception e, int failed) {
    return switch (e) {
      case BadInput _, InvalidConfigurationException _, UnfitException _ -> Exit.BAD_INPUT;
      case PolicyException _, RegoException _ -> Exit.BAD_INPUT;
      case ClusterException.Unreachable _, ClusterException.NotFound _ -> Exit.BAD_INPUT;
      case ClusterException.Forbidden _ -> Exit.BAD_INPUT;
      case StoreException store -> code(store.kind(), failed);
      default -> failed;
    };
  }

  private static int code(StoreException.Kind kind, int failed) {
    return switch (kind) {
      case UNAVAILABLE, THROTTLED, DENIED, TLS, NOT_FOUND, UNSUPPORTED -> Exit.BAD_INPUT;
      case FULL, TOO_LARGE, CORRUPT -> failed;
    };
  }

  /// Most exceptions of the file system have the path as their only message.
  private static String reason(UncheckedIOException e) {
    return switch (e.getCause()) {
      case null -> "";
      case FileSystemException file when file.getReason() == null ->
          file.getClass().getSimpleName() + ": " + file.getFile();
      case IOException other -> String.valueOf(other.getMessage());
    };
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    return e instanceof UncheckedIOException io ? message + ": " + reason(io) : message;
  }
}
