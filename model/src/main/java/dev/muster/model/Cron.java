package dev.muster.model;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A UNIX cron expression of five fields, `@daily` and its kin, with `H` for a stable jitter.
///
/// `H` is a value of the whole range of its field, `H(0-29)` one of a part, `H/15` every fifteenth
/// from a jittered start. Days of the month from 1 to 28, so that `H` exists in every month.
public record Cron(String expression) {
  static final String ALLOWED =
      "five fields \"minute hour day month weekday\" such as \"H 2 * * *\", or @hourly, @daily,"
          + " @weekly, @monthly, @yearly";
  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  /// What UNIX cron knows: the parser gives a meaning of its own to other signs, as to `|`.
  private static final Pattern FIELD = Pattern.compile("[0-9A-Za-z*,/-]+");

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  private static final WorkloadKey ANY = WorkloadKey.of("", "", "");

  public static Parsed<Cron> parse(String text) {
    String stripped = text.strip();
    if (stripped.length() > 200) {
      return Parsed.refused("the expression is longer than 200 characters", ALLOWED);
    }
    Cron cron = new Cron(stripped.startsWith("@") ? stripped.toLowerCase(Locale.ROOT) : stripped);
    try {
      var unused = cron.compiled(ANY);
      return Parsed.value(cron);
    } catch (IllegalArgumentException e) {
      return Parsed.refused("not a cron expression", ALLOWED);
    }
  }

  /// The expression with the workload's own jitter in the place of `H`.
  String concrete(WorkloadKey jitter) {
    String[] fields = MACROS.getOrDefault(expression, expression).split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException("not five fields");
    }
    for (int i = 0; i < fields.length; i++) {
      fields[i] = CronField.values()[i].resolve(fields[i], jitter);
      if (!FIELD.matcher(fields[i]).matches()) {
        throw new IllegalArgumentException("not a field of cron: " + fields[i]);
      }
    }
    return String.join(" ", fields);
  }

  /// Whether its slots in one week are those in any other: it names neither days of the month nor
  /// months.
  public boolean weekly() {
    String[] fields = MACROS.getOrDefault(expression, expression).split("\\s+");
    return fields.length == 5 && fields[2].equals("*") && fields[3].equals("*");
  }

  /// Whether two of its slots are closer together, on a day that has any or into the next one; with
  /// `H` as it is for nobody.
  public boolean closerThan(Duration apart) {
    Schedule schedule = new Schedule(this, ZoneOffset.UTC, Optional.empty(), ANY);
    Optional<Instant> slot = schedule.next(Instant.EPOCH);
    Optional<Instant> end = slot.map(first -> first.plus(Duration.ofDays(1)).plus(apart));
    while (slot.isPresent() && slot.get().isBefore(end.get())) {
      Optional<Instant> next = schedule.next(slot.get());
      if (next.isPresent() && Duration.between(slot.get(), next.get()).compareTo(apart) < 0) {
        return true;
      }
      slot = next;
    }
    return false;
  }

  com.cronutils.model.Cron compiled(WorkloadKey jitter) {
    return PARSER.parse(concrete(jitter)).validate();
  }

  @Override
  public String toString() {
    return expression;
  }
}
