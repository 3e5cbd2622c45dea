package dev.muster.model;

/// Quiesce hooks for snapshots and files.
public sealed interface Hooks {
  /// The profile's own hooks.
  record Profile() implements Hooks {}

  record Off() implements Hooks {}

  record Named(String set) implements Hooks {}
}
