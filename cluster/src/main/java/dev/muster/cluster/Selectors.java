package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Label selectors as the API server understands them.
public final class Selectors {

  private Selectors() {}

  /// An empty selector matches everything, an absent one nothing.
  public static boolean matches(
      @Nullable LabelSelector selector, @Nullable Map<String, String> given) {
    if (selector == null) {
      return false;
    }
    Map<String, String> labels = given == null ? Map.of() : given;
    Map<String, String> equal =
        selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
    List<LabelSelectorRequirement> more =
        selector.getMatchExpressions() == null ? List.of() : selector.getMatchExpressions();
    return labels.entrySet().containsAll(equal.entrySet())
        && more.stream().allMatch(requirement -> met(requirement, labels));
  }

  /// Whether a selector names no label, so that it tells no Pod from another.
  public static boolean isEmpty(@Nullable LabelSelector selector) {
    return selector == null
        || ((selector.getMatchLabels() == null || selector.getMatchLabels().isEmpty())
            && (selector.getMatchExpressions() == null
                || selector.getMatchExpressions().isEmpty()));
  }

  private static boolean met(LabelSelectorRequirement requirement, Map<String, String> labels) {
    String value = labels.get(requirement.getKey());
    return switch (requirement.getOperator()) {
      case "In" -> value != null && requirement.getValues().contains(value);
      case "NotIn" -> value == null || !requirement.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
