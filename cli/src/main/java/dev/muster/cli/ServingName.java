package dev.muster.cli;

import java.net.InetAddress;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A name that a certificate may have: of a host (RFC 1123), or an IP address.
final class ServingName implements ITypeConverter<String> {

  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern HOST = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d+(\\.\\d+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final int LONGEST = 253;

  @Override
  public String convert(String text) {
    if (!address(text) && !host(text)) {
      throw new TypeConversionException(
          "'" + text + "' is no name for a certificate: say localhost or 127.0.0.1");
    }
    return text;
  }

  private static boolean host(String text) {
    return text.length() <= LONGEST
        && HOST.matcher(text).matches()
        && !text.matches("[0-9.]+"); // would be read as an address
  }

  private static boolean address(String text) {
    try {
      return ADDRESS.matcher(text).matches() && InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
