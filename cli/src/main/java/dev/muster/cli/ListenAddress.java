package dev.muster.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Where a server listens. An IPv6 host is written in brackets; port 0 is any free one.
record ListenAddress(String host, int port) {

  private static final Pattern SHAPE =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([A-Za-z0-9.-]+)):(\\d{1,5})");

  /// Reads it from a command line.
  static final class Option implements ITypeConverter<ListenAddress> {
    @Override
    public ListenAddress convert(String text) {
      var parts = SHAPE.matcher(text);
      if (!parts.matches() || Integer.parseInt(parts.group(3)) > 65_535) {
        throw new TypeConversionException(
            "'" + text + "' is no HOST:PORT, such as 127.0.0.1:8443 or [::]:8443");
      }
      var host = parts.group(1) == null ? parts.group(2) : parts.group(1);
      return new ListenAddress(host, Integer.parseInt(parts.group(3)));
    }
  }
}
