package dev.muster.cluster;

/// What the API server, or the way to it, answered instead of the object; the message names it.
public abstract sealed class ClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private ClusterException(String message, Throwable cause) {
    super(message, cause);
  }

  private ClusterException(String message) {
    super(message);
  }

  /// The object, its namespace or its kind does not exist.
  public static final class NotFound extends ClusterException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message);
    }
  }

  /// It exists already, or somebody changed it since it was read.
  public static final class Conflict extends ClusterException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }

  /// Our identity lacks a right, or is not known.
  public static final class Forbidden extends ClusterException {
    private static final long serialVersionUID = 1L;

    public Forbidden(String message) {
      super(message);
    }
  }

  /// Validation, admission, quota or Pod security said no to this object.
  public static final class Rejected extends ClusterException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    /// Who said no.
    public enum Reason {
      QUOTA,
      POD_SECURITY,
      ADMISSION,
      INVALID,
      TERMINATING
    }

    public Rejected(Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }

  /// No usable answer in time: nothing is known about what happened to the object.
  public static final class Unreachable extends ClusterException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }

    public Unreachable(String message) {
      super(message);
    }
  }
}
