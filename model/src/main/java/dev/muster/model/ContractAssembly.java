package dev.muster.model;

import static dev.muster.model.ContractKey.CHECK;
import static dev.muster.model.ContractKey.CONSISTENCY;
import static dev.muster.model.ContractKey.CONTAINER;
import static dev.muster.model.ContractKey.DATABASES;
import static dev.muster.model.ContractKey.DRILL;
import static dev.muster.model.ContractKey.DRILL_RUN;
import static dev.muster.model.ContractKey.DRILL_SELECT;
import static dev.muster.model.ContractKey.ENGINE;
import static dev.muster.model.ContractKey.EXCLUDE_VOLUMES;
import static dev.muster.model.ContractKey.HOOKS;
import static dev.muster.model.ContractKey.METHOD;
import static dev.muster.model.ContractKey.PLAN;
import static dev.muster.model.ContractKey.PROTECT;
import static dev.muster.model.ContractKey.RETENTION;
import static dev.muster.model.ContractKey.RPO;
import static dev.muster.model.ContractKey.RTO;
import static dev.muster.model.ContractKey.RUN;
import static dev.muster.model.ContractKey.SCHEDULE;
import static dev.muster.model.ContractKey.STORES;
import static dev.muster.model.ContractKey.TIME_ZONE;
import static dev.muster.model.ContractKey.WAIVER_OWNER;
import static dev.muster.model.ContractKey.WAIVER_REASON;
import static dev.muster.model.ContractKey.WAIVER_UNTIL;
import static dev.muster.model.ContractKey.WINDOW;

import dev.muster.model.ContractReader.Said;
import dev.muster.model.ContractReading.Origin;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Puts one contract together from what was said; used once and thrown away.
final class ContractAssembly {
  private final ContractVocabulary vocabulary;
  private final WorkloadRef workload;
  private final Map<ContractKey, Said> said;
  private final List<Problem> problems;
  private final Map<ContractKey, Origin> origins = new EnumMap<>(ContractKey.class);

  ContractAssembly(
      ContractVocabulary vocabulary,
      WorkloadRef workload,
      Map<ContractKey, Said> said,
      List<Problem> problems) {
    this.vocabulary = vocabulary;
    this.workload = workload;
    this.said = said;
    this.problems = problems;
  }

  ContractReading reading() {
    Optional<String> planName = planName();
    Optional<Plan> plan = planName.map(vocabulary.plans()::get);
    Contract contract =
        new Contract(
            value(PROTECT, ContractValues::flag),
            waiver(),
            planName,
            or(METHOD, word(METHOD, Method.class), plan.map(Plan::method), Method.AUTO),
            value(ENGINE, text -> ContractValues.engine(text, vocabulary.profiles()))
                .orElse(new EngineChoice.Auto()),
            schedule(SCHEDULE, plan.map(Plan::schedule), plan),
            filled(RPO, value(RPO, DurationText::parse), plan.map(Plan::rpo)),
            filled(RTO, value(RTO, DurationText::parse), plan.map(Plan::rto)),
            filled(RETENTION, value(RETENTION, Retention::parse), plan.map(Plan::retention)),
            or(STORES, stores(), plan.map(Plan::stores), List.of()),
            drill(plan),
            or(
                DRILL_SELECT,
                word(DRILL_SELECT, DrillSelect.class),
                plan.map(Plan::drillSelect),
                DrillSelect.LATEST),
            or(
                CONSISTENCY,
                word(CONSISTENCY, Consistency.class),
                plan.map(Plan::consistency),
                Consistency.APPLICATION),
            value(CONTAINER, ContractValues::label),
            value(DATABASES, ContractValues::databases).orElse(new Databases.Main()),
            value(EXCLUDE_VOLUMES, ContractValues::labels).orElse(List.of()),
            value(HOOKS, text -> ContractValues.hooks(text, vocabulary.hookSets()))
                .orElse(new Hooks.Profile()),
            value(CHECK, text -> ContractValues.nameOf(text, vocabulary.checks(), "check")),
            value(RUN, ContractValues::token),
            value(DRILL_RUN, ContractValues::token));
    return new ContractReading(contract, problems, origins);
  }

  private Optional<String> planName() {
    Optional<String> name =
        value(PLAN, text -> ContractValues.nameOf(text, vocabulary.plans().keySet(), "plan"));
    return said.containsKey(PLAN) ? name : vocabulary.defaultPlan();
  }

  /// A waiver needs all three keys: half of one has no meaning.
  private Optional<Waiver> waiver() {
    Optional<String> owner = value(WAIVER_OWNER, ContractValues::sentence);
    Optional<String> reason = value(WAIVER_REASON, ContractValues::sentence);
    Optional<LocalDate> until = value(WAIVER_UNTIL, ContractValues::date);
    if (owner.isPresent() && reason.isPresent() && until.isPresent()) {
      return Optional.of(new Waiver(owner.get(), reason.get(), until.get()));
    }
    List<ContractKey> keys = List.of(WAIVER_OWNER, WAIVER_REASON, WAIVER_UNTIL);
    if (keys.stream().anyMatch(said::containsKey)) {
      for (ContractKey key : keys) {
        if (!said.containsKey(key)) {
          problems.add(
              new Problem(
                  key.annotation(),
                  "",
                  "the waiver is incomplete",
                  "a value for each of" + " waiver-owner, waiver-reason and waiver-until"));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Schedule> drill(Optional<Plan> plan) {
    Said own = said.get(DRILL);
    if (own != null && own.value().equals("off")) {
      origins.put(DRILL, own.origin());
      return Optional.empty();
    }
    return schedule(DRILL, plan.flatMap(Plan::drill), plan);
  }

  private Optional<Schedule> schedule(ContractKey key, Optional<Cron> ofPlan, Optional<Plan> plan) {
    Optional<Cron> cron = filled(key, value(key, Cron::parse), ofPlan);
    ZoneId zone =
        or(
            TIME_ZONE,
            value(TIME_ZONE, ContractValues::zone),
            plan.map(Plan::timeZone),
            ZoneOffset.UTC);
    Optional<Window> window =
        key == DRILL
            ? Optional.empty()
            : filled(WINDOW, value(WINDOW, Window::parse), plan.flatMap(Plan::window));
    return cron.map(c -> new Schedule(c, zone, window, workload.key()));
  }

  private Optional<List<String>> stores() {
    return value(STORES, text -> ContractValues.stores(text, vocabulary.stores()));
  }

  private <E extends Enum<E>> Optional<E> word(ContractKey key, Class<E> type) {
    return value(key, text -> ContractValues.word(text, type));
  }

  private <T> T or(ContractKey key, Optional<T> own, Optional<T> ofPlan, T otherwise) {
    return filled(key, own, ofPlan).orElse(otherwise);
  }

  /// A plan fills only what nobody said: a refused value is not replaced by another meaning.
  private <T> Optional<T> filled(ContractKey key, Optional<T> own, Optional<T> ofPlan) {
    if (said.containsKey(key)) {
      return own;
    }
    ofPlan.ifPresent(_ -> origins.put(key, Origin.PLAN));
    return ofPlan;
  }

  private <T> Optional<T> value(ContractKey key, Function<String, Parsed<T>> parser) {
    Said own = said.get(key);
    if (own == null) {
      return Optional.empty();
    }
    return switch (parser.apply(own.value())) {
      case Parsed.Value<T>(T value) -> {
        origins.put(key, own.origin());
        yield Optional.of(value);
      }
      case Parsed.Refused<T>(String message, String allowed) -> {
        Problem problem = new Problem(key.annotation(), own.value(), message, allowed);
        if (!problems.contains(problem)) {
          problems.add(problem);
        }
        yield Optional.empty();
      }
    };
  }
}
