package dev.muster.config;

import dev.muster.model.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// A file of the administrator that cannot be used, with all that is wrong in it.
public final class InvalidConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  InvalidConfigurationException(String file, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> "\n- " + problem.text())
            .collect(Collectors.joining("", file + " is not valid:", "")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
