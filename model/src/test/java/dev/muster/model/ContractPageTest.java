package dev.muster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of the contract has each key with the subjects that may carry it.
class ContractPageTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\| ([^|]+) \\|", Pattern.MULTILINE);

  @Test
  void pageHasEveryKeyWhereItMayBeSaid() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/contract.md"));
    Map<String, String> said = new TreeMap<>();
    ROW.matcher(page.substring(0, page.indexOf("## Levels")))
        .results()
        .forEach(row -> said.put(row.group(1), row.group(2)));

    Map<String, String> meant = new TreeMap<>();
    for (ContractKey key : ContractKey.values()) {
      meant.put(key.label(), subjects(key));
    }
    assertThat(said).isEqualTo(meant);
  }

  private static String subjects(ContractKey key) {
    return Arrays.stream(ContractKey.Subject.values())
        .filter(key::allowedOn)
        .map(subject -> subject.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
