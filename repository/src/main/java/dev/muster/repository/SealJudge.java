package dev.muster.repository;

import dev.muster.repository.wire.RunReport;
import dev.muster.repository.wire.RunReport.PartReport;
import dev.muster.repository.wire.RunReport.SegmentReport;
import dev.muster.repository.wire.RunReport.StreamReport;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether an attempt may become a recovery point, judged from what the kubelet, the mover and the
/// store say. Pure: anything missing, unknown or different refuses.
public final class SealJudge {

  private SealJudge() {}

  /// How one container of the Pod ended, as the kubelet reports it; null means that it does not
  /// say.
  public record ContainerEnd(String name, @Nullable Integer exitCode, String detail) {}

  /// What the attempt was ordered to capture: names of streams and of the streams with a probe.
  public record Expected(Set<String> containers, Set<String> streams, Set<String> probes) {
    public Expected {
      containers = Set.copyOf(containers);
      streams = Set.copyOf(streams);
      probes = Set.copyOf(probes);
    }
  }

  /// The judgement.
  public sealed interface Judgement {

    /// Nothing speaks against it.
    record Seal() implements Judgement {}

    /// Absent: no manifest may be written.
    record Refuse(Refusal reason, String detail) implements Judgement {}
  }

  /// What speaks against it.
  public enum Refusal {
    CONTAINER_FAILED,
    CONTAINER_UNKNOWN,
    REPORT_INCOMPLETE,
    TRAILER_MISSING,
    PARTS_DIFFER,
    OBJECT_MISSING,
    OBJECT_DIFFERS
  }

  /// Judges the Pod and the mover's report.
  public static Judgement capture(Expected expected, List<ContainerEnd> ends, RunReport report) {
    for (String name : new TreeSet<>(expected.containers())) {
      Judgement container = container(name, ends);
      if (container instanceof Judgement.Refuse) {
        return container;
      }
    }
    List<String> streams = report.streams().stream().map(StreamReport::name).toList();
    if (streams.size() != expected.streams().size()
        || !new HashSet<>(streams).equals(expected.streams())) {
      return refuse(
          Refusal.REPORT_INCOMPLETE,
          "the report has streams %s, ordered were %s".formatted(streams, expected.streams()));
    }
    List<String> probes =
        report.probes().stream()
            .filter(probe -> !probe.lines().isEmpty())
            .map(RunReport.ProbeReport::stream)
            .toList();
    if (!new HashSet<>(probes).containsAll(expected.probes())) {
      return refuse(
          Refusal.REPORT_INCOMPLETE,
          "the report has probes of %s, ordered were %s".formatted(probes, expected.probes()));
    }
    return report.streams().stream()
        .map(SealJudge::stream)
        .filter(Judgement.Refuse.class::isInstance)
        .findFirst()
        .orElseGet(Judgement.Seal::new);
  }

  /// Judges the parts that the store lists against those that the mover reports.
  public static Judgement parts(String what, SegmentReport reported, List<StoredPart> stored) {
    if (stored.size() != reported.parts().size()) {
      return refuse(
          Refusal.PARTS_DIFFER,
          "%s: the store has %d parts, the report %d"
              .formatted(what, stored.size(), reported.parts().size()));
    }
    for (int i = 0; i < stored.size(); i++) {
      PartReport sent = reported.parts().get(i);
      StoredPart held = stored.get(i);
      boolean same =
          held.number() == sent.number()
              && held.bytes() == sent.bytes()
              && held.sha256().map(sent.sha256()::equals).orElse(true);
      if (!same) {
        return refuse(
            Refusal.PARTS_DIFFER,
            "%s: part %d is not what the mover sent".formatted(what, sent.number()));
      }
    }
    return new Judgement.Seal();
  }

  /// Judges the completed object. A store that keeps no checksum is believed by size alone here,
  /// and by its bytes when they are read back.
  public static Judgement object(String what, SegmentReport reported, Optional<ObjectHead> found) {
    if (found.isEmpty()) {
      return refuse(Refusal.OBJECT_MISSING, what + " is not in the store");
    }
    ObjectHead head = found.get();
    if (head.size() != reported.bytes()) {
      return refuse(
          Refusal.OBJECT_DIFFERS,
          "%s has %d bytes, the mover sent %d".formatted(what, head.size(), reported.bytes()));
    }
    String composite =
        Digests.composite(reported.parts().stream().map(PartReport::sha256).toList());
    boolean same =
        head.checksum()
            .map(sum -> sum.equals(composite) || sum.equals(reported.sha256()))
            .orElse(true);
    return same
        ? new Judgement.Seal()
        : refuse(
            Refusal.OBJECT_DIFFERS,
            "%s has checksum %s, the mover sent %s"
                .formatted(what, head.checksum().orElse("none"), composite));
  }

  private static Judgement container(String name, List<ContainerEnd> ends) {
    List<ContainerEnd> named = ends.stream().filter(end -> end.name().equals(name)).toList();
    if (named.size() != 1) {
      return refuse(Refusal.CONTAINER_UNKNOWN, "nothing is known of container " + name);
    }
    Integer exitCode = named.getFirst().exitCode();
    String detail = named.getFirst().detail();
    if (exitCode == null) {
      return refuse(Refusal.CONTAINER_UNKNOWN, "container %s: %s".formatted(name, detail));
    }
    return exitCode == 0
        ? new Judgement.Seal()
        : refuse(
            Refusal.CONTAINER_FAILED,
            "container %s exited %d: %s".formatted(name, exitCode, detail));
  }

  private static Judgement stream(StreamReport stream) {
    if (Boolean.FALSE.equals(stream.trailerSeen())) {
      return refuse(
          Refusal.TRAILER_MISSING,
          "stream %s lacks the end mark of its engine".formatted(stream.name()));
    }
    if (stream.segments().isEmpty()) {
      return refuse(Refusal.REPORT_INCOMPLETE, "stream %s has no segment".formatted(stream.name()));
    }
    int number = 0;
    for (SegmentReport segment : stream.segments()) {
      number++;
      if (segment.number() != number || !consistent(segment)) {
        return refuse(
            Refusal.REPORT_INCOMPLETE,
            "stream %s: segment %d does not add up".formatted(stream.name(), number));
      }
    }
    return new Judgement.Seal();
  }

  private static boolean consistent(SegmentReport segment) {
    int number = 0;
    long bytes = 0;
    for (PartReport part : segment.parts()) {
      number++;
      bytes += part.bytes();
      if (part.number() != number || part.bytes() < 1) {
        return false;
      }
    }
    return number > 0 && bytes == segment.bytes();
  }

  private static Judgement refuse(Refusal reason, String detail) {
    return new Judgement.Refuse(reason, detail);
  }
}
