package dev.muster.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// One process's metrics. Names are dotted (`muster.reviews`), shown as Prometheus wants them
/// (`muster_reviews_total`, times in seconds). `labels` are name and value in turn; values come
/// from small fixed sets, never from objects, except in [#rows].
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  // The registry would find them again by sorting and hashing the labels for each event.
  private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
  private final Map<List<String>, Timer> timers = new ConcurrentHashMap<>();
  private final Map<String, GaugeTable> tables = new ConcurrentHashMap<>();

  /// Metrics with those of the Java runtime.
  public static Metrics ofProcess() {
    var metrics = new Metrics();
    new JvmMemoryMetrics().bindTo(metrics.registry);
    new ProcessorMetrics().bindTo(metrics.registry);
    bindGc(metrics);
    return metrics;
  }

  @SuppressWarnings("resource") // lives as long as the process
  private static void bindGc(Metrics metrics) {
    new JvmGcMetrics().bindTo(metrics.registry);
  }

  public void count(String name, String... labels) {
    count(1, name, labels);
  }

  public void count(double amount, String name, String... labels) {
    counters
        .computeIfAbsent(
            key(name, labels), added -> Counter.builder(name).tags(labels).register(registry))
        .increment(amount);
  }

  public void time(Duration taken, String name, String... labels) {
    timers.computeIfAbsent(key(name, labels), added -> timer(name, labels)).record(taken);
  }

  private Timer timer(String name, String... labels) {
    return Timer.builder(name)
        .tags(labels)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10))
        .register(registry);
  }

  private static List<String> key(String name, String... labels) {
    var key = Arrays.copyOf(labels, labels.length + 1);
    key[labels.length] = name;
    return List.of(key);
  }

  /// `value` is asked at each scrape; a later registration of the same name and labels takes its
  /// place.
  public void gauge(String name, DoubleSupplier value, String... labels) {
    registry.find(name).tags(labels).gauges().forEach(registry::remove);
    Gauge.builder(name, value, DoubleSupplier::getAsDouble)
        .tags(labels)
        .strongReference(true)
        .register(registry);
  }

  /// A gauge with a row for each of these labels, and for no others that it had before. Whoever
  /// calls bounds how many there are.
  public void rows(String name, Map<List<String>, Double> rows) {
    tables.computeIfAbsent(name, added -> new GaugeTable(registry, name)).show(rows);
  }

  /// Everything in Prometheus text format.
  public String scrape() {
    return registry.scrape();
  }
}
