package dev.muster.cli;

import dev.muster.repository.AgeIdentity;
import dev.muster.repository.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Makes an age identity and a signing key, and never replaces one.
@Command(
    name = "generate",
    description = "Make an age identity and a signing key in a folder.",
    mixinStandardHelpOptions = true)
final class KeysGenerateCommand implements Callable<Integer> {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      required = true,
      description = "Gets identity.txt and signing.pem, readable only by you.")
  private Path directory = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    AgeIdentity identity = AgeIdentity.generate();
    SigningKey signing = SigningKey.generate();
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(directory.resolve("identity.txt"), identity.file());
    files.put(directory.resolve("signing.pem"), signing.toPem());
    write(files);
    PrintWriter out = spec.commandLine().getOut();
    out.println("recipients: [" + identity.recipient() + "]");
    out.println("signing: { public-keys: [\"" + signing.publicKey().toBase64() + "\"] }");
    out.println(
        "# identity.txt opens every backup: keep a copy offline. Both lines go into muster.yaml.");
    out.flush();
    return Exit.OK;
  }

  /// All or none, over nothing that is there.
  private void write(Map<Path, String> files) {
    if (directory.toString().isBlank()) {
      throw new BadInput("--directory is empty: name a folder");
    }
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new BadInput(directory + " is not a folder: name another --directory");
    }
    for (Path file : files.keySet()) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new BadInput(file + " exists and is kept: name another --directory");
      }
    }
    List<Path> written = new ArrayList<>();
    try {
      Files.createDirectories(directory);
      for (var file : files.entrySet()) {
        Files.createFile(file.getKey(), PosixFilePermissions.asFileAttribute(OWNER));
        written.add(file.getKey());
        Files.writeString(file.getKey(), file.getValue(), StandardOpenOption.WRITE);
      }
    } catch (IOException e) {
      written.forEach(KeysGenerateCommand::delete);
      throw new UncheckedIOException("cannot write keys to " + directory, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the incomplete " + file, e);
    }
  }
}
