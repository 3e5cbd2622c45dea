package dev.muster.model;

import java.util.Collection;

/// Names in a message: the first ones, and how many more there are. A character that would steer a
/// terminal or begin a line is shown as `?`.
public final class NameList {

  private NameList() {}

  /// `a, b and 3 more`, or all of them where they are no more than `most`.
  public static String shortened(Collection<String> all, int most) {
    String first = String.join(", ", all.stream().limit(most).map(PlainText::line).toList());
    return all.size() <= most ? first : first + " and " + (all.size() - most) + " more";
  }
}
