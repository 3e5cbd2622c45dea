package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.model.ContractKey;
import dev.muster.model.VeleroHooks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The policy's answer to `muster/admission`, checked: what it may set is narrow, whatever a user's
/// own policy says.
public record AdmissionRuling(List<Setting> set, List<Message> warn, List<Message> deny) {
  public AdmissionRuling {
    set = List.copyOf(set);
    warn = List.copyOf(warn);
    deny = List.copyOf(deny);
  }

  /// An annotation to write.
  public record Setting(String key, String value, String rule) {}

  /// What a user is told.
  ///
  /// @param keys the annotations that are at fault; empty where the policy does not say
  public record Message(String rule, String text, Set<String> keys) {
    public Message {
      keys = Set.copyOf(keys);
    }
  }

  /// The commands of an engine's hooks.
  @FunctionalInterface
  public interface Hooks {
    /// @throws IllegalArgumentException for an engine or a hook that is not known
    String command(String engine, String hook);
  }

  /// @param kind of the object that was asked about
  /// @param hooks for their commands, which the policy only names
  /// @throws IllegalArgumentException when the answer has another shape or sets a foreign key
  public static AdmissionRuling read(JsonNode json, String kind, Hooks hooks) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("the policy answered no object");
    }
    return new AdmissionRuling(
        list(json, "set", each -> setting(each, kind, json.path("engine").asText(""), hooks)),
        list(json, "warn", AdmissionRuling::message),
        list(json, "deny", AdmissionRuling::message));
  }

  /// Whether Muster may write this annotation at all.
  public static boolean ours(String key) {
    return (key.startsWith(ContractKey.PREFIX)
            && !key.equals(ContractKey.MANAGED.annotation())
            && !ContractKey.ofPeople(key))
        || VeleroHooks.KEYS.contains(key);
  }

  private static Setting setting(JsonNode json, String kind, String engine, Hooks hooks) {
    var key = text(json, "key");
    if (!ours(key)) {
      throw new IllegalArgumentException("the policy sets the foreign key " + key);
    }
    if (VeleroHooks.KEYS.contains(key) && !kind.equals("Pod")) {
      throw new IllegalArgumentException("the policy sets a key of Pods on a " + kind + ": " + key);
    }
    if (VeleroHooks.COMMANDS.contains(key) && !json.has("command")) {
      throw new IllegalArgumentException("the policy has a command of its own for " + key);
    }
    var value =
        json.has("command") ? hooks.command(engine, text(json, "command")) : text(json, "value");
    return new Setting(key, value, text(json, "rule"));
  }

  private static Message message(JsonNode json) {
    var keys = new HashSet<>(list(json, "keys", JsonNode::asText));
    return new Message(text(json, "rule"), text(json, "message"), keys);
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
