package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.HookTable;
import dev.muster.model.ContractKey;
import dev.muster.model.VeleroHooks;
import java.util.List;
import java.util.function.Function;

/// The policy's answer, checked: what it may set is narrow, whatever a user's own policy says.
record Ruling(List<Setting> set, List<Message> warn, List<Message> deny) {
  Ruling {
    set = List.copyOf(set);
    warn = List.copyOf(warn);
    deny = List.copyOf(deny);
  }

  record Setting(String key, String value, String rule) {}

  record Message(String rule, String text) {}

  /// @param hooks for the commands of hooks, which the policy only names
  /// @throws IllegalArgumentException when the answer has another shape or sets a foreign key
  static Ruling read(JsonNode json, HookTable hooks) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("the policy answered no object");
    }
    return new Ruling(
        list(json, "set", each -> setting(each, json.path("engine").asText(""), hooks)),
        list(json, "warn", Ruling::message),
        list(json, "deny", Ruling::message));
  }

  /// Whether Muster may write this annotation at all.
  static boolean ours(String key) {
    return (key.startsWith(ContractKey.PREFIX) && !key.equals(ContractKey.MANAGED.annotation()))
        || VeleroHooks.KEYS.contains(key);
  }

  private static Setting setting(JsonNode json, String engine, HookTable hooks) {
    var key = text(json, "key");
    if (!ours(key)) {
      throw new IllegalArgumentException("the policy sets the foreign key " + key);
    }
    var value =
        json.has("command") ? hooks.command(engine, text(json, "command")) : text(json, "value");
    return new Setting(key, value, text(json, "rule"));
  }

  private static Message message(JsonNode json) {
    return new Message(text(json, "rule"), text(json, "message"));
  }

  private static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> read) {
    var list = json.path(field);
    if (!list.isMissingNode() && !list.isArray()) {
      throw new IllegalArgumentException("the policy answered no list as " + field);
    }
    return list.valueStream().map(read).toList();
  }

  private static String text(JsonNode json, String field) {
    var value = json.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the policy answered no text as " + field);
    }
    return value.textValue();
  }
}
