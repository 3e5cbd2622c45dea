package dev.muster.cli;

import dev.muster.model.Contract;
import dev.muster.model.ContractKey;
import dev.muster.model.ContractReading;
import dev.muster.model.Databases;
import dev.muster.model.DurationText;
import dev.muster.model.EngineChoice;
import dev.muster.model.Hooks;
import dev.muster.model.Schedule;
import dev.muster.model.Waiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One key of a contract with its effective value and who said it.
record ExplainedKey(String key, String value, String from) {

  static List<ExplainedKey> all(ContractReading reading) {
    Contract contract = reading.effective();
    List<ExplainedKey> keys = new ArrayList<>();
    add(keys, reading, ContractKey.PROTECT, contract.protect());
    add(keys, reading, ContractKey.WAIVER_OWNER, contract.waiver().map(Waiver::owner));
    add(keys, reading, ContractKey.WAIVER_REASON, contract.waiver().map(Waiver::reason));
    add(keys, reading, ContractKey.WAIVER_UNTIL, contract.waiver().map(Waiver::until));
    add(keys, reading, ContractKey.PLAN, contract.plan());
    add(keys, reading, ContractKey.METHOD, Optional.of(Terminal.word(contract.method())));
    add(keys, reading, ContractKey.ENGINE, Optional.of(engine(contract.engine())));
    add(keys, reading, ContractKey.SCHEDULE, contract.schedule().map(ExplainedKey::schedule));
    add(keys, reading, ContractKey.RPO, contract.rpo().map(ExplainedKey::duration));
    add(keys, reading, ContractKey.RTO, contract.rto().map(ExplainedKey::duration));
    add(keys, reading, ContractKey.RETENTION, contract.retention());
    add(keys, reading, ContractKey.STORES, Optional.of(String.join(",", contract.stores())));
    add(keys, reading, ContractKey.DRILL, contract.drill().map(ExplainedKey::schedule));
    add(
        keys,
        reading,
        ContractKey.DRILL_SELECT,
        Optional.of(Terminal.word(contract.drillSelect())));
    add(keys, reading, ContractKey.CONSISTENCY, Optional.of(Terminal.word(contract.consistency())));
    add(keys, reading, ContractKey.CONTAINER, contract.container());
    add(keys, reading, ContractKey.DATABASES, Optional.of(databases(contract.databases())));
    add(
        keys,
        reading,
        ContractKey.EXCLUDE_VOLUMES,
        Optional.of(String.join(",", contract.excludeVolumes())));
    add(keys, reading, ContractKey.HOOKS, Optional.of(hooks(contract.hooks())));
    add(keys, reading, ContractKey.CHECK, contract.check());
    return keys;
  }

  private static void add(
      List<ExplainedKey> keys, ContractReading reading, ContractKey key, Optional<?> value) {
    keys.add(
        new ExplainedKey(
            key.annotation(),
            value.map(Object::toString).orElse(""),
            Terminal.word(reading.origin(key))));
  }

  private static String engine(EngineChoice engine) {
    return switch (engine) {
      case EngineChoice.Auto() -> "auto";
      case EngineChoice.None() -> "none";
      case EngineChoice.Named(String profile) -> profile;
    };
  }

  private static String databases(Databases databases) {
    return switch (databases) {
      case Databases.Main() -> "the one that the environment names";
      case Databases.All() -> "*";
      case Databases.Named(List<String> names) -> String.join(",", names);
    };
  }

  private static String hooks(Hooks hooks) {
    return switch (hooks) {
      case Hooks.Profile() -> "those of the profile";
      case Hooks.Off() -> "off";
      case Hooks.Named(String set) -> set;
    };
  }

  private static String schedule(Schedule schedule) {
    return schedule.cron() + " " + schedule.zone();
  }

  private static String duration(Duration duration) {
    return DurationText.format(duration);
  }
}
