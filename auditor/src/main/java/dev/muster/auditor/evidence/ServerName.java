package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.model.Beginning;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A server as a command names it.
///
/// @param namespace empty for the command's own
/// @param workload that has the name: a Service is mostly called as what it serves
record ServerName(String namespace, String workload) {
  private static final int TEXT = 1024;

  /// `--host=db`, `PGHOST=db`, `host=db`.
  private static final Pattern GIVEN =
      Pattern.compile("(?:--?)?(?:[A-Za-z_]*_?)?(?:host|HOST)(?:name|NAME)?=(.+)");

  private static final Set<String> OPTIONS = Set.of("-h", "--host", "--hostname", "-H");

  /// Of `db-0.db`, the set.
  private static final Pattern POD = Pattern.compile("(.+)-[0-9]+");

  /// @param environment entries of `env`
  static Set<ServerName> in(List<String> words, Stream<JsonNode> environment) {
    Set<ServerName> found = new HashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String word = Beginning.of(words.get(i), TEXT);
      Matcher given = GIVEN.matcher(word);
      if (OPTIONS.contains(word) && i + 1 < words.size()) {
        of(words.get(i + 1)).forEach(found::add);
      } else if (given.matches()) {
        of(given.group(1)).forEach(found::add);
      } else if (word.startsWith("-h")) {
        of(word.substring(2)).forEach(found::add);
      } else if (word.contains("://")) {
        of(word).forEach(found::add);
      }
    }
    environment
        .filter(each -> each.path("name").asText("").matches("(?i).*(HOST|_URL|_URI)"))
        .forEach(each -> of(each.path("value").asText("")).forEach(found::add));
    return found;
  }

  /// `db`, `db:5432`, `db-0.db`, `db.shop.svc.cluster.local`, `postgres://user@db:5432/shop`.
  private static Stream<ServerName> of(String text) {
    String whole = Beginning.of(text, TEXT);
    int scheme = whole.indexOf("://");
    String authority = scheme < 0 ? whole : whole.substring(scheme + 3);
    String hosts = authority.replaceFirst("/.*", "").replaceFirst(".*@", "");
    return Arrays.stream(hosts.split(","))
        .map(host -> host.replaceFirst(":.*", ""))
        .flatMap(host -> host(host).stream());
  }

  private static Optional<ServerName> host(String host) {
    String[] labels = host.split("\\.");
    if (labels.length == 0 || labels[0].isEmpty()) {
      return Optional.empty();
    }
    int service = Arrays.asList(labels).indexOf("svc");
    String namespace = service >= 2 ? labels[service - 1] : "";
    Matcher pod = POD.matcher(labels[0]);
    boolean named = service == 3 || (service < 0 && labels.length == 2);
    return named && pod.matches()
        ? Optional.of(new ServerName(namespace, pod.group(1)))
        : labels.length == 1 || service == 2
            ? Optional.of(new ServerName(namespace, labels[0]))
            : Optional.empty();
  }
}
