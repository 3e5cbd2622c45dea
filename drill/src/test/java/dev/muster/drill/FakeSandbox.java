package dev.muster.drill;

import dev.muster.drill.Finding.Holds;
import dev.muster.repository.Manifest;
import dev.muster.repository.wire.Ticket;
import dev.muster.restore.ProbeOutcome;
import java.util.List;
import java.util.Map;

/// A sandbox in which everything goes well, until a test says otherwise.
final class FakeSandbox implements Sandbox {
  Finding open = new Holds("isolated");
  Fetched fetched = new Fetched.Ran(Samples.restored(), List.of(Samples.ended("client-db-app")));
  Finding boot = new Holds("answers");
  Checked checked;
  Finding close = new Holds("gone");
  boolean crashes;
  int closed;

  FakeSandbox(Manifest.Probe restored) {
    checked =
        new Checked.Ran(
            List.of(Samples.ended("check-db-app")),
            Map.of("db-app", new ProbeOutcome.Read(restored)));
  }

  @Override
  public Finding open() {
    return open;
  }

  @Override
  public Fetched restore(Ticket ticket) {
    if (crashes) {
      throw new IllegalStateException("as injected");
    }
    return fetched;
  }

  @Override
  public Finding boot() {
    return boot;
  }

  @Override
  public Checked check() {
    return checked;
  }

  @Override
  public Finding close() {
    closed++;
    return close;
  }
}
