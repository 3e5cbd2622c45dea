package dev.muster.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The hooks in force, by engine, as the policy `muster/admission` deals with them: it is told
/// their names, and answers which command belongs where. The texts never pass through it.
public record HookTable(Map<String, Hook> byEngine) {
  public HookTable {
    byEngine = Map.copyOf(byEngine);
  }

  public Set<String> names() {
    return byEngine.values().stream().map(Hook::name).collect(Collectors.toSet());
  }

  /// What the policy is asked with: `docs/reference/admission-policy.md`.
  public ObjectNode asked() {
    ObjectNode asked = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(byEngine)
        .forEach((engine, hook) -> {
          ObjectNode one = asked.putObject(engine).put("name", hook.name());
          one.put("post", hook.post().isPresent());
          hook.exceptImages().forEach(one.putArray("except_images")::add);
        });
    return asked;
  }

  /// What the policy names as the command `pre` or `post`.
  ///
  /// @throws IllegalArgumentException where the engine's hook has no such command
  public String command(String engine, String when) {
    return Optional.ofNullable(byEngine.get(engine))
        .flatMap(hook -> hook.command(when))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the profile of %s has no hook command %s".formatted(engine, when)));
  }
}
