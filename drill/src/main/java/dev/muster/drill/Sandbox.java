package dev.muster.drill;

import dev.muster.repository.wire.Ticket;

/// A throw-away place in which one point is restored: an engine that reaches nothing, and Pods that
/// bring it the data. Used by one thread. No method throws for what a cluster may do; the findings
/// say it.
interface Sandbox {

  /// Makes the place, proves that it is isolated, and starts the engine, empty. Anything but
  /// [Finding.Holds] is [Finding.Unclear]: no data was touched yet.
  Finding open();

  /// Feeds the streams of the ticket to the engine.
  Fetched restore(Ticket ticket);

  /// Whether the engine still lives, without a restart, and answers.
  Finding boot();

  /// Runs the engine's own check and reads the probe of every restored database.
  Checked check();

  /// Removes everything; holds only when nothing is left. Called once, whatever happened before.
  Finding close();
}
