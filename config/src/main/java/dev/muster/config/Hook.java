package dev.muster.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;

/// What runs in an engine's own container before and after its volumes are captured. Scripts are
/// for POSIX `sh`, get nothing but the container's environment, and exit 0 only if the claim holds.
///
/// @param name as in the annotation `muster.dev/hooks`
/// @param exceptImages words of images that nobody has shown the claim for
/// @param pre makes the claim true
/// @param post ends what `pre` began, and fails if the claim no longer held; empty where nothing
///   was begun
public record Hook(
    String name, Claim claim, List<String> exceptImages, String pre, Optional<String> post) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Hook {
    exceptImages = List.copyOf(exceptImages);
  }

  /// What a capture holds that is taken at one instant, after `pre` succeeded and, where there is a
  /// `post`, before it succeeded.
  public enum Claim {
    /// All that was acknowledged before, of each storage, from one moment in which nothing changed.
    APPLICATION,
    /// All that was acknowledged before, on disk. The engine recovers it as after a loss of power.
    FLUSHED,
    /// What the engine recovers after a loss of power.
    CRASH
  }

  /// The command `pre` or `post` as Velero's annotations state it, a JSON array. It ends within 28
  /// s, whatever hangs. Empty for what this hook does not have.
  public Optional<String> command(String when) {
    return switch (when) {
      case "pre" -> Optional.of(json(pre));
      case "post" -> post.map(Hook::json);
      default -> Optional.empty();
    };
  }

  private static String json(String script) {
    try {
      return JSON.writeValueAsString(
          List.of("timeout", "-s", "KILL", "28", "/bin/sh", "-c", script));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }
}
