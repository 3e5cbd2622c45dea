package dev.muster.auditor.run;

/// Why an attempt or a run failed, as people, metrics and tests name it.
public enum FailureReason {
  INVALID_CONTRACT("InvalidContract", false),
  UNSUPPORTED("Unsupported", false),
  NO_TARGET("NoTarget", true),
  TARGET_REPLACED("TargetReplaced", true),
  NETWORK("BlockedNetwork", false),
  QUOTA("Quota", true),
  POD_SECURITY("PodSecurity", false),
  ADMISSION("Admission", false),
  FORBIDDEN("Forbidden", false),
  IMAGE("ImagePull", true),
  UNSCHEDULABLE("Unschedulable", true),
  CONTAINER_CONFIG("ContainerConfig", false),
  OUT_OF_MEMORY("OutOfMemory", true),
  PIPES("Pipes", true),
  DUMP("DumpFailed", true),
  PROBE("ProbeFailed", true),
  MOVER("MoverFailed", true),
  UNKNOWN_EXIT("UnknownExit", true),
  EVICTED("Evicted", true),
  JOB_LOST("JobLost", true),
  DEADLINE("Deadline", true),
  NO_REPORT("NoReport", true),
  INCOMPLETE("Incomplete", true),
  STORE("Store", true),
  LOST_RACE("LostRace", false),
  CANCELLED("Cancelled", false);

  private final String word;
  private final boolean again;

  FailureReason(String word, boolean again) {
    this.word = word;
    this.again = again;
  }

  public String word() {
    return word;
  }

  /// Whether another attempt may end better without anybody acting.
  public boolean again() {
    return again;
  }

  /// The reason of a word from the journal; a word of another version is an unknown exit.
  public static FailureReason of(String word) {
    for (FailureReason reason : values()) {
      if (reason.word.equals(word)) {
        return reason;
      }
    }
    return UNKNOWN_EXIT;
  }
}
