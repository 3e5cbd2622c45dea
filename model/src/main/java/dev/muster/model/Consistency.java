package dev.muster.model;

/// What a capture must guarantee; unmet means failed.
public enum Consistency {
  APPLICATION,
  CRASH
}
