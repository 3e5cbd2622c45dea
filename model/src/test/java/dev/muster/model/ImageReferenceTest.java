package dev.muster.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

  @ParameterizedTest
  @CsvSource({
    "postgres, postgres, postgres, ''",
    "postgres:15, postgres, postgres, 15",
    "registry:5000/team/postgres, registry:5000/team/postgres, postgres, ''",
    "registry:5000/team/postgres:15, registry:5000/team/postgres, postgres, 15",
    "bitnami/mariadb:10.11@sha256:ab, bitnami/mariadb, mariadb, 10.11",
    "'', '', '', ''",
  })
  void referenceIsPartedWithoutItsDigest(
      String reference, String repository, String name, String tag) {
    ImageReference image = ImageReference.of(reference);

    assertThat(image).isEqualTo(new ImageReference(repository, tag));
    assertThat(image.name()).isEqualTo(name);
  }
}
