package dev.muster.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/// One line about a run that somebody follows; in JSON, one document a line.
record RunNews(String state, String message, String run, String point) {

  String text() {
    return "%-14s %s".formatted(state, Terminal.lines(message));
  }

  String jsonLine() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("state", state);
    fields.put("message", message);
    fields.put("run", run);
    fields.put("point", point);
    return Printed.object(fields).toString();
  }
}
