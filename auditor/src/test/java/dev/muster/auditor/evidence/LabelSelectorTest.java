package dev.muster.auditor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS = Map.of("tier", "gold", "app", "db");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null                                                                         | true
          []                                                                           | false
          [{}]                                                                         | true
          [{"matchLabels": {"tier": "gold", "app": "db"}}]                             | true
          [{"matchLabels": {"tier": "gold", "app": "web"}}]                            | false
          [{"matchLabels": {"tier": "tin"}}, {"matchLabels": {"app": "db"}}]           | true
          [{"matchExpressions": [{"key": "tier", "operator": "In", "values": ["gold"]}]}]    | true
          [{"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["gold"]}]}] | false
          [{"matchExpressions": [{"key": "none", "operator": "NotIn", "values": ["gold"]}]}] | true
          [{"matchExpressions": [{"key": "app", "operator": "Exists"}]}]               | true
          [{"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}]         | false
          [{"matchExpressions": [{"key": "app", "operator": "Like"}]}]                 | false
          """)
  void selectsAsKubernetesDoes(String selectors, boolean matches) throws Exception {
    assertThat(LabelSelector.anyOf(new ObjectMapper().readTree(selectors), LABELS))
        .isEqualTo(matches);
  }
}
