package dev.muster.webhook.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {

  @Test
  void documentsAndListsAreTakenApartAndEmptyOnesSkipped() throws Exception {
    String text =
        """
        # a chart's comment
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
        ---
        ---
        apiVersion: v1
        kind: List
        items:
          - {apiVersion: v1, kind: Pod, metadata: {name: a}}
          - {apiVersion: v1, kind: Pod, metadata: {name: b}}
        """;

    assertThat(Manifests.read(text))
        .extracting(object -> object.at("/metadata/name").asText())
        .containsExactly("shop", "a", "b");
  }

  @Test
  void jsonIsReadToo() throws Exception {
    assertThat(Manifests.read("{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind: Pod", "- a", "just words", "kind: [1]\napiVersion: v1"})
  void whatIsNoObjectIsRefused(String text) {
    assertThatThrownBy(() -> Manifests.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("apiVersion");
  }

  @Test
  void keyThatIsGivenTwiceIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> Manifests.read("kind: Pod\nkind: Pod\napiVersion: v1\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line: 2");
  }
}
