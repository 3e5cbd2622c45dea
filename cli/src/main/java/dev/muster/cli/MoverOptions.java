package dev.muster.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `--name value` pairs, each name as often as wanted.
record MoverOptions(Map<String, List<String>> values) {

  static MoverOptions parse(List<String> args) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int i = 0; i < args.size(); i += 2) {
      if (!args.get(i).startsWith("--") || i + 1 == args.size()) {
        throw new BadInput("not an option with a value: '" + args.get(i) + "'");
      }
      values.computeIfAbsent(args.get(i).substring(2), _ -> new ArrayList<>()).add(args.get(i + 1));
    }
    return new MoverOptions(values);
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  String one(String name, String otherwise) {
    List<String> said = all(name);
    return said.isEmpty() ? otherwise : said.getLast();
  }
}
