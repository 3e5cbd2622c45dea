package dev.muster.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The one entry of binary and image.
///
/// A mover goes its own way past the command line parser: it starts in each run Pod, and starts
/// fast by loading nothing else.
public final class Main {

  private static final Set<String> SERVERS = Set.of("webhook", "auditor", "serve");

  private static final Set<String> LOGS = Set.of("text", "json");

  private Main() {}

  public static void main(String[] args) {
    List<String> words = Arrays.asList(args);
    boolean mover = !words.isEmpty() && words.getFirst().equals("mover");
    if (mover || words.stream().limit(2).anyMatch(SERVERS::contains)) {
      System.setProperty("muster.log.level", "INFO");
    }
    System.setProperty("muster.log", log(System.getenv().getOrDefault("MUSTER_LOG", "text")));
    System.exit(
        mover
            ? MoverMain.run(words.subList(1, words.size()), System.getenv())
            : MusterCommand.run(System.getenv(), args));
  }

  private static String log(String wanted) {
    if (LOGS.contains(wanted)) {
      return wanted;
    }
    System.err.println("muster: MUSTER_LOG=" + wanted + " is no log: say text or json; text it is");
    return "text";
  }
}
