package dev.muster.cli;

import dev.muster.auditor.coverage.Coverage;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A verdict by its name, in any case.
final class VerdictOption implements ITypeConverter<String> {

  /// For help and the shell's completion.
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Coverage.WORST_FIRST.iterator();
    }
  }

  @Override
  public String convert(String text) {
    return Coverage.WORST_FIRST.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "'"
                    + text
                    + "' is no verdict: say one of "
                    + String.join(", ", Coverage.WORST_FIRST)));
  }
}
