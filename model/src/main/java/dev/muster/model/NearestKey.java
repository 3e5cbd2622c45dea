package dev.muster.model;

import java.util.Optional;

/// Finds the key that a misspelt one probably meant.
final class NearestKey {
  private NearestKey() {}

  /// The key with the smallest edit distance to the label, if it is near enough to be helpful.
  static Optional<ContractKey> to(String label) {
    ContractKey best = null;
    int smallest = Integer.MAX_VALUE;
    for (ContractKey key : ContractKey.values()) {
      int distance = distance(label, key.label());
      if (distance < smallest) {
        smallest = distance;
        best = key;
      }
    }
    return smallest <= Math.max(2, label.length() / 2)
        ? Optional.ofNullable(best)
        : Optional.empty();
  }

  /// Edit distance with swaps of neighbours, on at most 64 characters.
  static int distance(String from, String to) {
    String a = from.length() > 64 ? from.substring(0, 64) : from;
    int[][] cost = new int[a.length() + 1][to.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, to, i, j);
      }
    }
    return cost[a.length()][to.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    best = Math.min(best, cost[i - 1][j - 1] + change);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
