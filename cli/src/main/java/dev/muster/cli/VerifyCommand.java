package dev.muster.cli;

import dev.muster.model.PointId;
import dev.muster.repository.FileKeys;
import dev.muster.repository.Manifest;
import dev.muster.repository.Pause;
import dev.muster.repository.PointReader;
import dev.muster.repository.PointReader.Found;
import dev.muster.repository.PointVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Reads points back and says whether every byte is as the signed manifest states.
@Command(
    name = "verify",
    description = {
      "Read points back from the store: every byte against the signed manifest.",
      "With an identity also what is inside. Exit code 1 if anything is not as it was sealed."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private StoreOptions place = new StoreOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "POINT", description = "As muster points lists them.")
  private List<String> points = List.of();

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description = "The age identity that opens the points; it never leaves this machine.")
  private @Nullable Path identity;

  VerifyCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<PointId> ids = points.stream().map(NamedPoint::parsed).toList();
    Optional<FileKeys> keys = Optional.ofNullable(identity).map(IdentityOption::read);
    try (Session session = new Session(options, place, environment)) {
      boolean whole = true;
      for (PointId id : ids) {
        whole &= verify(session, id, keys);
      }
      return whole ? Exit.OK : Exit.FAILED;
    }
  }

  private boolean verify(Session session, PointId id, Optional<FileKeys> keys) {
    PointReader reader = new PointReader(session.store(), session.keys(), session.verifier());
    String workload = NamedPoint.workload(session, id).value();
    Optional<Found> found = reader.read(workload, id.toString());
    return switch (found.orElse(null)) {
      case null -> throw NamedPoint.absent(id);
      case Found.Refused(_, var reason, String detail) -> {
        print(id, "PointRefused", reason.word() + ": " + detail);
        yield false;
      }
      case Found.Genuine genuine -> {
        boolean whole = readBack(session, id, genuine.manifest(), keys);
        if (genuine.tampered()) {
          print(id, "PointTampered", "its manifest was written again or deleted after sealing");
        }
        yield whole && !genuine.tampered();
      }
    };
  }

  private boolean readBack(
      Session session, PointId id, Manifest manifest, Optional<FileKeys> keys) {
    PointVerifier verifier = new PointVerifier(session.store(), Pause.real(), new SecureRandom());
    ProgressLine progress =
        new ProgressLine(
            spec.commandLine().getErr(),
            "reading " + id,
            manifest.streams().stream().mapToLong(Manifest.Stream::storedBytes).sum());
    try {
      PointVerifier.Outcome outcome =
          keys.isPresent()
              ? verifier.plaintext(manifest, keys.get(), progress::at)
              : verifier.ciphertext(manifest, progress::at);
      return told(id, outcome, keys.isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read point " + id, e);
    }
  }

  private boolean told(PointId id, PointVerifier.Outcome outcome, boolean decoded) {
    return switch (outcome) {
      case PointVerifier.Outcome.Whole(long bytes) -> {
        print(
            id,
            "PointWhole",
            "%s stored, %s"
                .formatted(
                    Bytes.text(bytes),
                    decoded
                        ? "and decoded to what was dumped"
                        : "every segment as the manifest states"));
        yield true;
      }
      case PointVerifier.Outcome.Damaged(String stream, var reason, String detail) -> {
        print(id, "PointDamaged", "stream %s: %s: %s".formatted(stream, reason.word(), detail));
        yield false;
      }
    };
  }

  private void print(PointId id, String state, String message) {
    RunNews news = new RunNews(state, message, "", id.toString());
    PrintWriter out = spec.commandLine().getOut();
    out.println(output.json() ? news.jsonLine() : news.text() + "  " + id);
    out.flush();
  }
}
