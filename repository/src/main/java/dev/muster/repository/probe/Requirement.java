package dev.muster.repository.probe;

import java.util.Locale;

/// What Muster needs of a store, in the order in which it is asked.
public enum Requirement {
  CLOCK(Need.WANTED, "its clock is less than five minutes from ours"),
  CONDITIONAL_PUT(Need.REQUIRED, "a taken key is not written again"),
  CONDITIONAL_COMPLETE(Need.REQUIRED, "an upload does not replace an object"),
  ONE_WINNER_PUT(Need.REQUIRED, "of twenty writers of one key one is told that it won"),
  ONE_WINNER_COMPLETE(Need.REQUIRED, "of twenty uploads of one key one is told that it won"),
  UNFINISHED_HIDDEN(Need.REQUIRED, "an upload that was not completed is no object"),
  UPLOADS_LISTED(Need.WANTED, "uploads that nobody completed can be found"),
  ABORT(Need.WANTED, "an aborted upload leaves nothing"),
  WRONG_CHECKSUM(Need.WANTED, "bytes that are not of the SHA-256 sent with them are refused"),
  READ_AFTER_WRITE(Need.REQUIRED, "what was written is read at once"),
  LIST_AFTER_WRITE(Need.WANTED, "what was written is listed at once"),
  RANGES(Need.REQUIRED, "a part of an object is read exactly"),
  VERSIONING(Need.WANTED, "an overwrite keeps what was there first"),
  OBJECT_LOCK(Need.WANTED, "an object can be locked for a time"),
  LOCK_HOLDS(Need.REQUIRED, "a locked object is neither deleted nor unlocked earlier"),
  NO_DELETING(Need.WANTED, "this credential deletes no version"),
  NO_VERSIONING_CHANGE(Need.WANTED, "this credential does not change the bucket's versioning"),
  NO_LOCK_CHANGE(Need.WANTED, "this credential does not change the bucket's lock"),
  NO_POLICY_CHANGE(Need.WANTED, "this credential does not change the bucket's policy"),
  NO_LIFECYCLE_CHANGE(Need.WANTED, "this credential does not change the bucket's lifecycle rules");

  /// What it means where a requirement is not met, or where that could not be found out.
  public enum Need {
    /// The store is refused.
    REQUIRED,
    /// The store is used, and named degraded.
    WANTED
  }

  private final Need need;
  private final String meaning;

  Requirement(Need need, String meaning) {
    this.need = need;
    this.meaning = meaning;
  }

  public Need need() {
    return need;
  }

  /// In words, for people.
  public String meaning() {
    return meaning;
  }

  /// As reports name it: `conditional-put`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
