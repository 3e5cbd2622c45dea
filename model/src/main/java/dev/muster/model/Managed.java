package dev.muster.model;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `muster.dev/managed` annotation: which keys Muster wrote, each with a digest of the value it
/// wrote. A key whose value no longer has that digest was changed by somebody and is theirs.
///
/// The text is `plan=1f0c…,method=…,decision:7ad3…`, keys without the prefix `muster.dev/`, other
/// keys in full.
///
/// @param decision of the webhook, as its log and the API server's audit log name it; empty where
///   the auditor wrote last
public record Managed(Map<String, String> digests, Optional<String> decision) {
  private static final Pattern ENTRY =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._/-]{0,200})=([0-9a-f]{12})");

  private static final Pattern DECISION = Pattern.compile("decision:([0-9a-f]{12})");

  private static final Managed NONE = new Managed(Map.of(), Optional.empty());

  public Managed {
    digests = Map.copyOf(digests);
  }

  public static Managed none() {
    return NONE;
  }

  /// Reads the annotation. Entries that are not ours to understand, and those of keys that people
  /// alone write, are dropped: the key they name then counts as the user's, which is the safe side.
  public static Managed parse(String text) {
    Map<String, String> digests = new TreeMap<>();
    Optional<String> decision = Optional.empty();
    for (String entry : text.strip().split(",")) {
      Matcher written = ENTRY.matcher(entry.strip());
      Matcher decided = DECISION.matcher(entry.strip());
      if (written.matches() && !ContractKey.ofPeople(full(written.group(1)))) {
        digests.put(full(written.group(1)), written.group(2));
      } else if (decided.matches()) {
        decision = Optional.of(decided.group(1));
      }
    }
    return new Managed(digests, decision);
  }

  /// The `managed` annotation among the annotations of one object.
  public static Managed of(Map<String, String> annotations) {
    String text = annotations.get(ContractKey.MANAGED.annotation());
    return text == null ? none() : parse(text);
  }

  /// Whether Muster wrote exactly this value under this full annotation key.
  public boolean wrote(String annotation, String value) {
    String written = digests.get(annotation);
    return written != null && written.equals(digest(value));
  }

  /// Whether Muster once wrote this key, whatever its value is now.
  public boolean names(String annotation) {
    return digests.containsKey(annotation);
  }

  public Managed with(String annotation, String value) {
    Map<String, String> more = new TreeMap<>(digests);
    more.put(annotation, digest(value));
    return new Managed(more, decision);
  }

  public Managed without(String annotation) {
    Map<String, String> fewer = new TreeMap<>(digests);
    fewer.remove(annotation);
    return new Managed(fewer, decision);
  }

  public Managed decidedBy(String decision) {
    return new Managed(digests, Optional.of(decision));
  }

  /// The annotation's value, sorted; [#parse] reads it back.
  public String text() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(digests)
        .forEach((key, digest) ->
            text.append(text.isEmpty() ? "" : ",").append(brief(key)).append('=').append(digest));
    decision.ifPresent(id -> text.append(",decision:").append(id));
    return text.toString();
  }

  private static String digest(String value) {
    return HexFormat.of().formatHex(Digests.sha256(value)).substring(0, 12);
  }

  private static String full(String key) {
    return key.contains("/") ? key : ContractKey.PREFIX + key;
  }

  private static String brief(String key) {
    return key.startsWith(ContractKey.PREFIX) ? key.substring(ContractKey.PREFIX.length()) : key;
  }
}
