package dev.muster.model;

/// The outcome of reading one typed value from text.
public sealed interface Parsed<T> {
  record Value<T>(T value) implements Parsed<T> {}

  /// Why the text was refused and what would be accepted.
  record Refused<T>(String message, String allowed) implements Parsed<T> {}

  static <T> Parsed<T> value(T value) {
    return new Value<>(value);
  }

  static <T> Parsed<T> refused(String message, String allowed) {
    return new Refused<>(message, allowed);
  }

  /// The value, for text that is known to be right; throws [IllegalArgumentException] otherwise.
  default T orThrow() {
    return switch (this) {
      case Value<T>(T value) -> value;
      case Refused<T>(String message, String allowed) ->
          throw new IllegalArgumentException(message + ", allowed: " + allowed);
    };
  }
}
