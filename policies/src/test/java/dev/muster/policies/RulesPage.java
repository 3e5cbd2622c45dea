package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.EngineProfilesReader;
import dev.muster.config.Hook;
import dev.muster.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The reference of rules and recognised engines, out of the Rego itself.
final class RulesPage {
  private static final Path REGO = Path.of("rego/muster");
  private static final Pattern METADATA = Pattern.compile("# METADATA\n((?:#.*\n)+)package ");
  private static final Pattern HEAD = Pattern.compile("(?m)^(set|warn|deny) contains ");
  private static final Pattern ID = Pattern.compile("\"rule\": \"([a-z-]+)\"");

  private RulesPage() {}

  /// @param says of `set`, `warn`, `deny` those that the rule may answer
  record Rule(
      List<String> ids,
      String title,
      String description,
      String severity,
      List<String> controls,
      Set<String> says,
      String file) {}

  static String text() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Rules of admission

            Generated from the METADATA of `policies/rego/muster/rules` by `make reference`. What they are asked
            and how they answer: [admission-policy.md](admission-policy.md). Rules of your own:
            [../how-to/rules-of-your-own.md](../how-to/rules-of-your-own.md).

            | Rule | What it is for | Severity | Says | Controls |
            |---|---|---|---|---|
            """);
    for (Rule rule : rules()) {
      page.append(
          "| %s | [%s](../../policies/%s). %s | %s | %s | %s |\n"
              .formatted(
                  String.join(" ", rule.ids()),
                  rule.title(),
                  rule.file(),
                  rule.description(),
                  rule.severity(),
                  String.join(", ", rule.says()),
                  String.join(", ", rule.controls())));
    }
    page.append(
        """

        `set` and `warn` count when an object is created or changed, `deny` once more at the end, in namespaces
        at the level `enforce`.

        # Recognised engines

        From `policies/rego/muster/signals/data.yaml`. The name of an image is sure; so are two other signals
        together.

        | Engine | Images | Ports | Environment | Mounts |
        |---|---|---|---|---|
        """);
    engines().forEach((engine, signals) -> page.append("| %s | %s |\n".formatted(engine, signals)));
    page.append(
        """

        # Hooks

        From the engine profiles. What they are and what a claim means: [hooks.md](hooks.md).

        | Engine | Hook | Claim | Freezes | Not for |
        |---|---|---|---|---|
        """);
    hooks().forEach((engine, hook) -> page.append(row(engine, hook)));
    return page.toString();
  }

  private static Map<String, Hook> hooks() {
    return new TreeMap<>(EngineProfilesReader.read(Optional.empty()).hooks().byEngine());
  }

  private static String row(String engine, Hook hook) {
    return "| %s | `%s` | `%s` | %s | %s |\n"
        .formatted(
            engine,
            hook.name(),
            hook.claim().name().toLowerCase(Locale.ROOT),
            hook.post().isPresent() ? "until its post hook, or its lease ends" : "nothing",
            String.join(", ", hook.exceptImages()));
  }

  static List<Rule> rules() throws IOException {
    List<Rule> rules = new ArrayList<>();
    try (Stream<Path> files = Files.walk(REGO.resolve("rules"))) {
      for (Path file : files.filter(RulesPage::source).sorted().toList()) {
        rules.add(rule(file));
      }
    }
    return rules;
  }

  private static boolean source(Path file) {
    return file.toString().endsWith(".rego") && !file.toString().endsWith("_test.rego");
  }

  private static Rule rule(Path file) throws IOException {
    String text = Files.readString(file);
    Matcher metadata = METADATA.matcher(text);
    if (!metadata.find()) {
      throw new IllegalStateException(file + " has no METADATA before its package");
    }
    JsonNode said = Yaml.documents(metadata.group(1).replaceAll("(?m)^# ?", "")).getFirst();
    Set<String> heads =
        HEAD.matcher(text)
            .results()
            .map(head -> head.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    return new Rule(
        ID.matcher(text).results().map(id -> "`" + id.group(1) + "`").distinct().toList(),
        said.path("title").asText(),
        said.path("description").asText().strip().replace('\n', ' '),
        said.at("/custom/severity").asText(),
        said.at("/custom/controls").valueStream().map(JsonNode::asText).toList(),
        heads,
        file.toString());
  }

  private static Map<String, String> engines() throws IOException {
    JsonNode signals =
        Yaml.documents(Files.readString(REGO.resolve("signals/data.yaml"))).getFirst();
    Set<String> names = new TreeSet<>();
    signals.path("images").forEach(engine -> names.add(engine.asText()));
    Map<String, String> engines = new TreeMap<>();
    for (String name : names) {
      engines.put(
          name,
          Stream.of("images", "ports", "environment", "mounts")
              .map(kind -> showing(signals.path(kind), name))
              .collect(Collectors.joining(" | ")));
    }
    return engines;
  }

  private static String showing(JsonNode table, String engine) {
    return table
        .propertyStream()
        .filter(each ->
            each.getValue().asText().equals(engine)
                || each.getValue().valueStream().anyMatch(e -> e.asText().equals(engine)))
        .map(each -> "`" + each.getKey() + "`")
        .collect(Collectors.joining(" "));
  }
}
