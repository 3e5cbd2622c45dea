package dev.muster.model;

/// Which point a drill restores.
public enum DrillSelect {
  LATEST,
  RANDOM,
  OLDEST
}
