package dev.muster.repository;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Every key of the layout. Nothing that a tenant writes becomes part of a path: each segment is a
/// hash, a number or a word of a narrow grammar, checked here. No key is a prefix of another.
public final class Keys {

  /// The object that says what the bucket holds.
  public static final String MARKER = "muster-repository.json";

  /// The folder of all points; its children are clusters.
  public static final String POINTS = "points/";

  /// The folder of all probes of the store; its children are probes.
  public static final String PROBES = "probe/";

  private static final Pattern WORD = Pattern.compile("[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?");
  private static final DateTimeFormatter SLOT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern POINT = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[a-z0-9]{4,64}");

  private final String cluster;

  /// Keys of one cluster, named by its id.
  public Keys(String clusterUid) {
    this.cluster = word("cluster id", clusterUid);
  }

  /// `<yyyyMMddTHHmmssZ>-<run id>`: a pure function of the run, so that two writers meet on one
  /// key.
  public static String point(Instant slot, String runId) {
    return SLOT.format(slot) + "-" + word("run id", runId);
  }

  /// The folder of one probe of the store.
  public static String probe(String id) {
    return PROBES + word("probe", id) + "/";
  }

  /// The folder of all points of this cluster; its children are workload keys.
  public String points() {
    return POINTS + cluster + "/";
  }

  /// The folder of a workload's points; its children are points.
  public String points(String workloadKey) {
    return points() + word("workload key", workloadKey) + "/";
  }

  /// The commit of a point.
  public String manifest(String workloadKey, String point) {
    if (!POINT.matcher(point).matches()) {
      throw new IllegalArgumentException("not a point: '" + printable(point) + "'");
    }
    return points(workloadKey) + point + "/manifest.json";
  }

  /// The folder of all data of this cluster.
  public String data() {
    return "data/" + cluster + "/";
  }

  /// The folder of all data of one attempt.
  public String data(String workloadKey, String runId, String attempt) {
    return data() + run(workloadKey, runId) + word("attempt", attempt) + "/";
  }

  /// A segment of a stream; numbers start at 1.
  public String segment(
      String workloadKey, String runId, String attempt, String stream, int number) {
    if (number < 1 || number > 9999) {
      throw new IllegalArgumentException("segment number " + number + " is not in 1..9999");
    }
    return data(workloadKey, runId, attempt)
        + word("stream", stream)
        + String.format(Locale.ROOT, ".zst.age.%04d", number);
  }

  /// The part list of a stream.
  public String partList(String workloadKey, String runId, String attempt, String stream) {
    return data(workloadKey, runId, attempt) + word("stream", stream) + ".parts.json";
  }

  /// The folder of all runs of this cluster; its children are workload keys.
  public String runs() {
    return "runs/" + cluster + "/";
  }

  /// The folder of a workload's runs; its children are run ids.
  public String runs(String workloadKey) {
    return runs() + word("workload key", workloadKey) + "/";
  }

  /// The folder of a run's journal.
  public String journal(String workloadKey, String runId) {
    return runs() + run(workloadKey, runId);
  }

  /// One state of a run's journal.
  public String journal(String workloadKey, String runId, JournalState state) {
    return journal(workloadKey, runId) + state.word() + ".json";
  }

  /// The folder of all evidence of this cluster; its children are years.
  public String evidence() {
    return "evidence/" + cluster + "/";
  }

  /// One statement of the evidence chain; the sequence goes on over years and starts at 1.
  public String evidence(int year, long sequence) {
    return String.format(Locale.ROOT, "%s%04d/%08d.dsse.json", evidence(), year, sequence);
  }

  /// The folder of all reports of this cluster; its children are slots.
  public String reports() {
    return "reports/" + cluster + "/";
  }

  /// The report that was made for a slot.
  public String report(Instant slot) {
    return reports() + SLOT.format(slot) + "/report.json.gz";
  }

  /// What that report counts; a report exists once this does.
  public String reportCounts(Instant slot) {
    return reports() + SLOT.format(slot) + "/counts.json";
  }

  /// The slot of a child of [#reports()]; empty for what is none.
  public static Optional<Instant> reportSlot(String child) {
    try {
      return Optional.of(SLOT.parse(child, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static String word(String what, String value) {
    if (!WORD.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a " + what + ": '" + printable(value) + "' (allowed: " + WORD.pattern() + ")");
    }
    return value;
  }

  private static String run(String workloadKey, String runId) {
    return word("workload key", workloadKey) + "/" + word("run id", runId) + "/";
  }

  private static String printable(String value) {
    String cut = value.length() > 80 ? value.substring(0, 80) + "…" : value;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
