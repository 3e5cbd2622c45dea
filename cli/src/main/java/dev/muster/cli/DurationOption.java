package dev.muster.cli;

import dev.muster.model.DurationText;
import dev.muster.model.Parsed;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `90m`, as in the contract, or ISO.
final class DurationOption implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      return text.startsWith("PT") ? Duration.parse(text) : contract(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is no duration: say 90m or 2h");
    }
  }

  private static Duration contract(String text) {
    return switch (DurationText.parse(text)) {
      case Parsed.Value<Duration>(Duration value) -> value;
      case Parsed.Refused<Duration> refused ->
          throw new TypeConversionException("'" + text + "': allowed is " + refused.allowed());
    };
  }
}
