package dev.muster.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A port to listen on; 0 is any free one.
final class PortOption implements ITypeConverter<Integer> {

  private static final int MOST = 65_535;

  @Override
  public Integer convert(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MOST) {
      throw new TypeConversionException("'" + text + "' is no port: say 0 to " + MOST);
    }
    return Integer.valueOf(text);
  }
}
