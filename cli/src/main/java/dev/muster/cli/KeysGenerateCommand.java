package dev.muster.cli;

import dev.muster.repository.AgeIdentity;
import dev.muster.repository.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
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
    write("identity.txt", identity.file());
    write("signing.pem", signing.toPem());
    PrintWriter out = spec.commandLine().getOut();
    out.println("recipients: [" + identity.recipient() + "]");
    out.println("signing: { public-keys: [\"" + signing.publicKey().toBase64() + "\"] }");
    out.println(
        "# identity.txt opens every backup: keep a copy offline. Both lines go into muster.yaml.");
    out.flush();
    return Exit.OK;
  }

  private void write(String name, String content) {
    Path file = directory.resolve(name);
    try {
      Files.createDirectories(directory);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, content, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new BadInput(file + " exists and is kept: name another --directory", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
