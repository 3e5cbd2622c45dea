package dev.muster.repository.probe;

/// What was found out about one requirement.
public record Finding(Requirement requirement, Result result) {

  /// The details are for people: what the store did.
  public sealed interface Result {

    String detail();

    record Met(String detail) implements Result {}

    record NotMet(String detail) implements Result {}

    /// It could not be found out, mostly because the credential may not ask. Counts as not met.
    record Unknown(String detail) implements Result {}
  }

  public boolean met() {
    return result instanceof Result.Met;
  }

  boolean required() {
    return requirement.need() == Requirement.Need.REQUIRED;
  }
}
