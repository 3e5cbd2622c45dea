package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Labels as `kubectl -l` takes them, by equality: `app=db,tier!=test,owned,!legacy`.
record LabelSelector(List<Predicate<Map<String, String>>> terms) {

  private static final Pattern TERM =
      Pattern.compile(
          "(?<not>!)?(?<key>[\\w./-]+)(?:\\s*(?<operator>==?|!=)\\s*(?<value>[\\w.-]*))?");

  boolean matches(Map<String, String> labels) {
    return terms.stream().allMatch(term -> term.test(labels));
  }

  static final class Converter implements ITypeConverter<LabelSelector> {
    @Override
    public LabelSelector convert(String text) {
      List<Predicate<Map<String, String>>> terms = new ArrayList<>();
      for (String term : text.split(",", -1)) {
        Matcher matcher = TERM.matcher(term.strip());
        if (!matcher.matches()
            || (matcher.group("not") != null && matcher.group("operator") != null)) {
          throw new TypeConversionException(
              "'%s' selects no labels: say KEY=VALUE, KEY!=VALUE, KEY or !KEY, with commas between"
                  .formatted(text));
        }
        terms.add(term(matcher));
      }
      return new LabelSelector(List.copyOf(terms));
    }

    private static Predicate<Map<String, String>> term(Matcher matcher) {
      String key = matcher.group("key");
      String operator = matcher.group("operator");
      String value = matcher.group("value");
      if (operator == null) {
        boolean wanted = matcher.group("not") == null;
        return labels -> labels.containsKey(key) == wanted;
      }
      return operator.equals("!=")
          ? labels -> !value.equals(labels.get(key))
          : labels -> value.equals(labels.get(key));
    }
  }
}
