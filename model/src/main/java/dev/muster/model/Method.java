package dev.muster.model;

/// How the data of a workload is captured.
public enum Method {
  AUTO,
  DUMP,
  SNAPSHOT,
  FILES,
  DELEGATE
}
