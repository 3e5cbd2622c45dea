package dev.muster.policies.rego;

import java.util.regex.Pattern;

/// What `opa test` said.
///
/// @param passed at least one test ran, and all of them passed
/// @param text line by line, a test each
public record TestReport(boolean passed, String text) {
  private static final Pattern PASSED = Pattern.compile("(?m)^PASS: [1-9]\\d*/\\d+");

  static TestReport of(Opa.Said said) {
    return new TestReport(said.well() && PASSED.matcher(said.text()).find(), said.text().strip());
  }
}
