package dev.muster.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The grammar of each kind of value. No value can hold a namespace, a path or a command.
final class ContractValues {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:+-]{0,62}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

  private ContractValues() {}

  static Parsed<Boolean> flag(String text) {
    return switch (text) {
      case "true" -> Parsed.value(true);
      case "false" -> Parsed.value(false);
      default -> Parsed.refused("neither true nor false", "true, false");
    };
  }

  static <E extends Enum<E>> Parsed<E> word(String text, Class<E> type) {
    List<String> allowed = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = constant.name().toLowerCase(Locale.ROOT);
      if (word.equals(text)) {
        return Parsed.value(constant);
      }
      allowed.add(word);
    }
    return Parsed.refused("no such value", String.join(", ", allowed));
  }

  static Parsed<String> label(String text) {
    return LABEL.matcher(text).matches()
        ? Parsed.value(text)
        : Parsed.refused("not a name", "lower-case letters, digits and inner hyphens, at most 63");
  }

  static Parsed<String> nameOf(String text, Set<String> known, String what) {
    return known.contains(text)
        ? Parsed.value(text)
        : Parsed.refused("no such " + what, list(known));
  }

  static Parsed<String> token(String text) {
    return TOKEN.matcher(text).matches()
        ? Parsed.value(text)
        : Parsed.refused("not a token", "1 to 63 letters, digits and any of _.:+- (not first)");
  }

  static Parsed<String> sentence(String text) {
    boolean plain = !text.isBlank() && text.length() <= 200 && !CONTROL.matcher(text).find();
    return plain
        ? Parsed.value(text.strip())
        : Parsed.refused("not a plain line of text", "1 to 200 printable characters");
  }

  static Parsed<LocalDate> date(String text) {
    try {
      return Parsed.value(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Parsed.refused("not a date", "a date such as 2026-12-31");
    }
  }

  static Parsed<ZoneId> zone(String text) {
    String allowed = "an IANA time zone such as Europe/Berlin or UTC";
    try {
      return ZoneId.getAvailableZoneIds().contains(text)
          ? Parsed.value(ZoneId.of(text))
          : Parsed.refused("no such time zone", allowed);
    } catch (DateTimeException e) {
      return Parsed.refused("no such time zone", allowed);
    }
  }

  static Parsed<List<String>> stores(String text, Set<String> known) {
    List<String> names = words(text);
    if (names.isEmpty() || !known.containsAll(names) || Set.copyOf(names).size() < names.size()) {
      return Parsed.refused("not a list of different stores", list(known));
    }
    return Parsed.value(names);
  }

  static Parsed<List<String>> labels(String text) {
    List<String> names = words(text);
    boolean right = !names.isEmpty() && names.stream().allMatch(LABEL.asMatchPredicate());
    return right
        ? Parsed.value(names)
        : Parsed.refused("not a list of volume names", "names of volumes, with commas between");
  }

  static Parsed<Databases> databases(String text) {
    if (text.strip().equals("*")) {
      return Parsed.value(new Databases.All());
    }
    List<String> names = words(text);
    boolean right =
        !names.isEmpty()
            && names.stream().allMatch(DATABASE.asMatchPredicate())
            && Set.copyOf(names).size() == names.size();
    return right
        ? Parsed.value(new Databases.Named(names))
        : Parsed.refused(
            "not a list of databases",
            "* or different names of letters, digits and any of _.- (not first), with commas between");
  }

  static Parsed<EngineChoice> engine(String text, Set<String> profiles) {
    if (text.equals("none")) {
      return Parsed.value(new EngineChoice.None());
    }
    if (text.equals("auto")) {
      return Parsed.value(new EngineChoice.Auto());
    }
    return profiles.contains(text)
        ? Parsed.value(new EngineChoice.Named(text))
        : Parsed.refused("no such engine profile", "auto, none, " + list(profiles));
  }

  static Parsed<Hooks> hooks(String text, Set<String> sets) {
    if (text.equals("off")) {
      return Parsed.value(new Hooks.Off());
    }
    return sets.contains(text)
        ? Parsed.value(new Hooks.Named(text))
        : Parsed.refused("no such hook set", sets.isEmpty() ? "off" : "off, " + list(sets));
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("[ ,]+"));
  }

  private static String list(Set<String> names) {
    return names.isEmpty() ? "none is configured" : String.join(", ", new TreeSet<>(names));
  }
}
