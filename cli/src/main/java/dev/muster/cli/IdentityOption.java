package dev.muster.cli;

import dev.muster.repository.FileKeys;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The age identity that `--identity` names.
final class IdentityOption {

  private IdentityOption() {}

  static FileKeys read(Path file) {
    try {
      return FileKeys.ofIdentityFile(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new BadInput(file + " holds no text, so no age identity: check --identity", e);
    } catch (IOException e) {
      throw new BadInput("cannot read the identity " + file + ": check --identity", e);
    } catch (IllegalArgumentException e) {
      throw new BadInput(file + ": " + e.getMessage(), e);
    }
  }
}
