package dev.muster.http;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The open connections of one server.
///
/// Who opens many and sends nothing, or head or body byte by byte, must not keep others out: beyond
/// the bound the one that has been unused for longest gives way, and none may stay unused for too
/// long. A connection is in use while a request is answered, not while it comes in.
final class Connections {
  private final int most;
  private final Duration idle;
  private final Map<HttpConnection, Use> open = new ConcurrentHashMap<>();

  Connections(int most, Duration idle) {
    this.most = most;
    this.idle = idle;
  }

  /// @return what gives way for it: an unused one, or itself where all are in use
  Optional<HttpConnection> opened(HttpConnection connection) {
    var gives =
        open.size() < most
            ? Optional.<HttpConnection>empty()
            : Optional.of(longestUnused().orElse(connection));
    open.put(connection, new Use(false, System.nanoTime()));
    gives.ifPresent(open::remove);
    return gives;
  }

  /// A head has come.
  void receives(HttpConnection connection) {
    open.replace(connection, new Use(false, System.nanoTime()));
  }

  /// The request is whole.
  void began(HttpConnection connection) {
    open.replace(connection, new Use(true, System.nanoTime()));
  }

  void ended(HttpConnection connection) {
    open.replace(connection, new Use(false, System.nanoTime()));
  }

  void closed(HttpConnection connection) {
    open.remove(connection);
  }

  int count() {
    return open.size();
  }

  /// Those without a request for longer than allowed.
  List<HttpConnection> overdue() {
    long now = System.nanoTime();
    return open.entrySet().stream()
        .filter(each -> !each.getValue().busy() && now - each.getValue().since() > idle.toNanos())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Optional<HttpConnection> longestUnused() {
    long now = System.nanoTime();
    return open.entrySet().stream()
        .filter(each -> !each.getValue().busy())
        .max(Comparator.comparingLong(each -> now - each.getValue().since()))
        .map(Map.Entry::getKey);
  }

  /// @param busy whether a request is being answered
  private record Use(boolean busy, long since) {}
}
