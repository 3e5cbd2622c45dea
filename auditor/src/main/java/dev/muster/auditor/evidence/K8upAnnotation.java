package dev.muster.auditor.evidence;

import java.util.Set;

/// What a claim says to K8up.
public final class K8upAnnotation {
  private static final String KEY = "k8up.io/backup";
  private static final String OLD = "k8up.syn.tools/backup";

  /// What Go reads so.
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");

  private K8upAnnotation() {}

  /// Whether this is the annotation by which claims are taken or left out, of now or before 2.0.
  public static boolean is(String key) {
    return key.equals(KEY) || key.equals(OLD);
  }

  /// Any value but true leaves the claim out, whatever was meant by it.
  public static boolean takes(String value) {
    return TRUE.contains(value);
  }
}
