package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

  /// The API server refuses a time of fewer digits, and the Event would be lost.
  @ParameterizedTest
  @ValueSource(strings = {"2026-11-28T15:43:55.140Z", "2026-11-28T15:43:55Z"})
  void timeHasSixDigitsWhateverTheClockSays(String now) {
    var clock = InstantSource.fixed(Instant.parse(now));
    var cluster = new FakeCluster(clock);
    cluster.namespace("shop");
    ConfigMap about =
        cluster.create(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("db")
                .endMetadata()
                .build());

    new Events(cluster, clock, "test").tell(about, Events.Type.NORMAL, "Test", "said");

    assertThat(cluster.list(Event.class, Query.in("shop")))
        .singleElement()
        .satisfies(event ->
            assertThat(event.getEventTime().getTime())
                .matches("2026-11-28T15:43:55\\.(140000|000000)Z"));
  }
}
