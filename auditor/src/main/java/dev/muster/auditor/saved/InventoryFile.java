package dev.muster.auditor.saved;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.saved.SavedFormat.Line;
import dev.muster.auditor.saved.SavedInventory.Header;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes and reads saved inventories, a line at a time. The caller closes what it gave.
public final class InventoryFile {
  private static final ObjectReader LINES = SavedFormat.JSON.readerFor(Line.class);
  private static final ObjectWriter LINE = SavedFormat.JSON.writerFor(Line.class);
  private static final String BEGINNING = "{\"muster\":\"inventory/";

  private InventoryFile() {}

  /// Whether a text begins as a saved inventory does.
  public static boolean begins(String text) {
    return text.startsWith(BEGINNING);
  }

  public static void write(SavedInventory saved, Writer to) throws IOException {
    to.write(SavedFormat.JSON.writeValueAsString(saved.header()) + "\n");
    Inventory inventory = saved.inventory();
    Stream<Line> lines =
        Stream.of(
                inventory.facts().map(Kept::of).<Line>map(Line.Of::new),
                inventory.gaps().stream()
                    .<Line>map(gap -> new Line.Missing(gap, inventory.evidenceGap())),
                saved.findings().all().map(Kept::of).<Line>map(Line.Says::new))
            .flatMap(each -> each);
    long written = 0;
    for (Line line : (Iterable<Line>) lines::iterator) {
      to.write(LINE.writeValueAsString(line) + "\n");
      written++;
    }
    to.write(LINE.writeValueAsString(new Line.End(written)) + "\n");
    to.flush();
  }

  /// @param name of the file, for messages
  /// @throws IllegalArgumentException for a file that was cut, or is of another format
  public static SavedInventory read(String name, BufferedReader from) throws IOException {
    Header header = header(name, from.readLine());
    Inventory inventory = new Inventory();
    Findings findings = new Findings();
    long read = 0;
    for (String text = from.readLine(); text != null; text = from.readLine()) {
      switch (line(name, read + 2, text)) {
        case Line.Of(var facts) -> inventory.put(facts);
        case Line.Says(var found) -> findings.add(found);
        case Line.Missing(var gap, var evidence) -> inventory.missing(gap, evidence);
        case Line.End(var lines) -> {
          ended(name, lines, read, from);
          return new SavedInventory(header, inventory, findings);
        }
      }
      read++;
    }
    throw new IllegalArgumentException(
        "%s was cut after %d lines: save it again".formatted(name, read));
  }

  private static void ended(String name, long lines, long read, BufferedReader from)
      throws IOException {
    if (lines != read || from.readLine() != null) {
      throw new IllegalArgumentException(
          "%s says that it has %d lines and has others: save it again".formatted(name, lines));
    }
  }

  private static Header header(String name, @Nullable String line) {
    try {
      Header header = SavedFormat.JSON.readValue(line == null ? "" : line, Header.class);
      if (header == null) {
        throw new IllegalArgumentException(name + " is no saved inventory");
      }
      if (header.muster().equals(SavedInventory.FORMAT)) {
        return header;
      }
      throw new IllegalArgumentException(
          "%s is of the format %s; this version of Muster reads %s"
              .formatted(name, header.muster(), SavedInventory.FORMAT));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + " is no saved inventory", e);
    }
  }

  private static Line line(String name, long number, String text) {
    try {
      Line line = LINES.readValue(text);
      if (line != null) {
        return line;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "line %d of %s is none of a saved inventory: save it again".formatted(number, name), e);
    }
    throw new IllegalArgumentException("line %d of %s is null".formatted(number, name));
  }
}
