package dev.muster.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Dispatches by method and path. A segment of a pattern in braces matches any one non-empty
/// segment and becomes a path parameter: `/v1/runs/{run}/parts`.
public final class Routes implements Handler {
  private final List<Route> routes;

  private Routes(List<Route> routes) {
    this.routes = routes;
  }

  public static Routes none() {
    return new Routes(List.of());
  }

  public Routes get(String pattern, Handler handler) {
    return on("GET", pattern, handler);
  }

  public Routes post(String pattern, Handler handler) {
    return on("POST", pattern, handler);
  }

  public Routes on(String method, String pattern, Handler handler) {
    var route = new Route(method, pattern, List.of(pattern.split("/", -1)), handler);
    return new Routes(Stream.concat(routes.stream(), Stream.of(route)).toList());
  }

  @Override
  public Response handle(Request request) throws Exception {
    var matched = match(request);
    if (matched.isPresent()) {
      return matched.get().route().handler().handle(matched.get().request());
    }
    boolean known = routes.stream().anyMatch(each -> each.params(request.path()).isPresent());
    return known
        ? Response.text(405, "method not allowed here\n")
        : Response.text(404, "no such path\n");
  }

  @Override
  public Duration deadline(Request request) {
    return match(request)
        .map(each -> each.route().handler().deadline(each.request()))
        .orElse(Duration.ZERO);
  }

  @Override
  public Response late(Request request) {
    return match(request)
        .map(each -> each.route().handler().late(each.request()))
        .orElseGet(() -> Handler.super.late(request));
  }

  @Override
  public Response overloaded(Request request) {
    return match(request)
        .map(each -> each.route().handler().overloaded(each.request()))
        .orElseGet(() -> Handler.super.overloaded(request));
  }

  @Override
  public String label(Request request) {
    return match(request).map(each -> each.route().pattern()).orElse("none");
  }

  private Optional<Matched> match(Request request) {
    for (var each : routes) {
      if (each.method().equals(request.method())) {
        var params = each.params(request.path());
        if (params.isPresent()) {
          return Optional.of(new Matched(each, request.withParams(params.get())));
        }
      }
    }
    return Optional.empty();
  }

  private record Matched(Route route, Request request) {}

  private record Route(String method, String pattern, List<String> segments, Handler handler) {
    Optional<Map<String, String>> params(String path) {
      var given = path.split("/", -1);
      if (given.length != segments.size()) {
        return Optional.empty();
      }
      var params = new HashMap<String, String>();
      for (int i = 0; i < given.length; i++) {
        var segment = segments.get(i);
        if (segment.startsWith("{") && segment.endsWith("}") && !given[i].isEmpty()) {
          params.put(segment.substring(1, segment.length() - 1), given[i]);
        } else if (!segment.equals(given[i])) {
          return Optional.empty();
        }
      }
      return Optional.of(params);
    }
  }
}
