package dev.muster.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rows of one gauge, which come and go. A row that stays is never missing in between.
final class GaugeTable {
  private final MeterRegistry registry;
  private final String name;
  private final Map<List<String>, Row> rows = new HashMap<>();

  GaugeTable(MeterRegistry registry, String name) {
    this.registry = registry;
    this.name = name;
  }

  private static final class Row {
    private volatile double value;
  }

  /// @param now by labels, name and value in turn
  synchronized void show(Map<List<String>, Double> now) {
    List<List<String>> gone =
        rows.keySet().stream().filter(labels -> !now.containsKey(labels)).toList();
    gone.forEach(this::remove);
    now.forEach(
        (labels, value) -> rows.computeIfAbsent(List.copyOf(labels), this::added).value = value);
  }

  private Row added(List<String> labels) {
    Row row = new Row();
    Gauge.builder(name, row, each -> each.value).tags(tags(labels)).register(registry);
    return row;
  }

  private void remove(List<String> labels) {
    rows.remove(labels);
    registry.find(name).tags(tags(labels)).gauges().forEach(registry::remove);
  }

  private static String[] tags(List<String> labels) {
    return labels.toArray(String[]::new);
  }
}
