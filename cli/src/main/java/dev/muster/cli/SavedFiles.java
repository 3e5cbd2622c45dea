package dev.muster.cli;

import dev.muster.auditor.saved.InventoryFile;
import dev.muster.auditor.saved.SavedInventory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Files of `muster inventory`.
final class SavedFiles {
  private static final int BEGINNING = 64;

  private SavedFiles() {}

  /// Empty for anything else.
  static Optional<SavedInventory> find(String path) {
    try {
      Path file = Path.of(path);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      try (BufferedReader text = Files.newBufferedReader(file)) {
        char[] beginning = new char[BEGINNING];
        text.mark(BEGINNING);
        int read = text.read(beginning);
        if (read < 0 || !InventoryFile.begins(new String(beginning, 0, read))) {
          return Optional.empty();
        }
        text.reset();
        return Optional.of(InventoryFile.read(path, text));
      }
    } catch (java.nio.charset.MalformedInputException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new BadInput("cannot read " + path + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()), e);
    }
  }
}
