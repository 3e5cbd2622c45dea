package dev.muster.cli;

import dev.muster.mover.Backup;
import dev.muster.mover.Beacon;
import dev.muster.mover.Handover;
import dev.muster.mover.Pipes;
import dev.muster.mover.Restore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The mover's verbs, for run Pods only: not in any help, parsed without the command line library.
final class MoverMain {

  private static final String DIR = "/muster";
  private static final String TICKET = "/run/muster/ticket";

  private MoverMain() {}

  static int run(List<String> args, Map<String, String> environment) {
    try {
      String verb = args.isEmpty() ? "" : args.getFirst();
      return run(verb, MoverOptions.parse(args.stream().skip(1).toList()), environment);
    } catch (BadInput e) {
      System.err.println("muster mover: " + e.getMessage());
      return Exit.BAD_INPUT;
    } catch (IOException e) {
      System.err.println("muster mover: " + e);
      return Exit.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    }
  }

  private static int run(String verb, MoverOptions options, Map<String, String> environment)
      throws IOException, InterruptedException {
    switch (verb) {
      case "pipes" -> {
        Pipes.make(Path.of(options.one("dir", DIR)), options.all("stream"), options.all("probe"));
        return Exit.OK;
      }
      case "backup" -> {
        return Backup.run(environment);
      }
      case "restore" -> {
        return Restore.run(
            environment, Path.of(options.one("dir", DIR)), Path.of(options.one("ticket", TICKET)));
      }
      case "handover" -> {
        return Handover.run(System.in, Path.of(options.one("ticket", TICKET)));
      }
      case "beacon" -> {
        return Beacon.run(options.all("must-fail"));
      }
      default -> throw new BadInput("unknown verb '" + verb + "'");
    }
  }
}
