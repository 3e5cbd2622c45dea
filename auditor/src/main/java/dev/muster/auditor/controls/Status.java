package dev.muster.auditor.controls;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a control says of a volume.
public enum Status {
  PASS,
  FAIL,
  WAIVED,
  NOT_EVALUATED,
  NOT_APPLICABLE;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Any other word is no evidence of anything.
  static Status of(String word) {
    for (Status status : values()) {
      if (status.word().equals(word)) {
        return status;
      }
    }
    return NOT_EVALUATED;
  }
}
