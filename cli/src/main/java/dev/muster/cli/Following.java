package dev.muster.cli;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.MetadataPatch;
import dev.muster.cluster.ObjectName;
import dev.muster.model.ContractKey;
import dev.muster.model.DurationText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/// What `backup` and `drill` share: ask by an annotation, then follow. Ending the command ends only
/// the following.
final class Following {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Option(names = "--no-wait", description = "Ask and return; print the id.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "1h",
      converter = DurationOption.class,
      description = "How long to follow, as in 90m. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofHours(1);

  /// @param good the last word of success
  /// @param bad the last words of everything else
  record Words(String asked, String good, Set<String> bad, String help) {}

  static void ask(Cluster cluster, HasMetadata object, ContractKey annotation, String value) {
    cluster.patchMetadata(
        object.getClass(),
        ObjectName.of(object),
        MetadataPatch.annotations(Map.of(annotation.annotation(), value))
            .onlyUid(object.getMetadata().getUid()));
  }

  int follow(
      Follower follower, String id, Words words, boolean json, PrintWriter out, PrintWriter err) {
    print(new RunNews(words.asked(), "id " + id, id, ""), json, out);
    if (noWait) {
      return Exit.OK;
    }
    Set<String> last = new HashSet<>(words.bad());
    last.add(words.good());
    return switch (follower.follow(PATIENCE, timeout, last, news -> print(news, json, out))) {
      case Follower.End.Heard(RunNews news) ->
          news.state().equals(words.good()) ? Exit.OK : Exit.FAILED;
      case Follower.End.Silent(Duration patience) -> {
        err.println(
            "muster: nobody took it up within %d s: %s"
                .formatted(patience.toSeconds(), words.help()));
        yield Exit.FAILED;
      }
      case Follower.End.Unfinished(Duration limit) -> {
        err.println(
            "muster: not ended within %s; it goes on without this command"
                .formatted(DurationText.format(limit)));
        yield Exit.FAILED;
      }
    };
  }

  private static void print(RunNews news, boolean json, PrintWriter out) {
    out.println(json ? news.jsonLine() : news.text());
    out.flush();
  }
}
