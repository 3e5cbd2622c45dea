package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The reference of controls, out of the Rego itself.
final class ControlsPage {
  private static final Path CONTROLS = Path.of("rego/muster/control");
  private static final Pattern METADATA = Pattern.compile("# METADATA\n((?:#.*\n)+)package (\\S+)");

  private ControlsPage() {}

  /// @param ids those that its METADATA names, which should be its own alone
  /// @param after the control of AWS Backup Audit Manager whose meaning it has
  /// @param unevaluated when nothing can be said
  record Control(
      String id,
      List<String> ids,
      String title,
      String description,
      String severity,
      String after,
      List<String> parameters,
      String evidence,
      String unevaluated,
      String file) {}

  static String text() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Controls

            Generated from the METADATA of `policies/rego/muster/control` by `make reference`. What `muster controls`
            asks of every volume, eleven of them after the meaning of a control of AWS Backup Audit Manager. How they
            are used: [../how-to/controls.md](../how-to/controls.md); what the policy is asked:
            [controls-policy.md](controls-policy.md); parameters and their defaults: `controls` in
            [configuration.md](configuration.md).

            | Status | Meaning |
            |---|---|
            | `pass` | there is evidence that it holds |
            | `fail` | there is evidence that it does not hold, or what was asked for is not there |
            | `waived` | it fails, and the volume has opted out with a waiver that holds and that the configuration approves |
            | `not-evaluated` | the evidence is missing; the reason says which. Never counted as passed |
            | `not-applicable` | there is nothing to judge, such as the encryption of points where there are none, or the workload excludes the volume |

            """);
    controls().forEach(each -> page.append(section(each)));
    return page.toString().stripTrailing() + "\n";
  }

  private static String section(Control control) {
    String parameters =
        control.parameters().isEmpty()
            ? "none"
            : control.parameters().stream()
                .map(each -> "`controls." + control.id() + "." + each + "`")
                .collect(Collectors.joining(", "));
    return """
    ## `%s`

    [%s](../../policies/%s). %s

    - After: %s
    - Severity: %s
    - Parameters: %s
    - Evidence: %s
    - Not evaluated: %s

    """
        .formatted(
            control.id(),
            control.title(),
            control.file(),
            control.description(),
            control.after(),
            control.severity(),
            parameters,
            control.evidence(),
            control.unevaluated());
  }

  static List<Control> controls() throws IOException {
    List<Control> controls = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CONTROLS)) {
      for (Path file : files.filter(ControlsPage::source).sorted().toList()) {
        controls.add(control(file));
      }
    }
    return controls;
  }

  private static boolean source(Path file) {
    return file.toString().endsWith(".rego") && !file.toString().endsWith("_test.rego");
  }

  private static Control control(Path file) throws IOException {
    Matcher metadata = METADATA.matcher(Files.readString(file));
    if (!metadata.find()) {
      throw new IllegalStateException(file + " has no METADATA before its package");
    }
    JsonNode said = Yaml.documents(metadata.group(1).replaceAll("(?m)^# ?", "")).getFirst();
    JsonNode custom = said.path("custom");
    return new Control(
        metadata.group(2).replace("muster.control.", "").replace('_', '-'),
        texts(custom.path("controls")),
        said.path("title").asText(),
        line(said.path("description")),
        custom.path("severity").asText(),
        custom.path("after").asText(),
        texts(custom.path("parameters")),
        line(custom.path("evidence")),
        line(custom.path("unevaluated")),
        file.toString());
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  private static String line(JsonNode text) {
    return text.asText().strip().replace('\n', ' ');
  }
}
