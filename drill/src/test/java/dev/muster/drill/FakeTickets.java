package dev.muster.drill;

import dev.muster.model.PointId;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.Manifest;
import dev.muster.repository.wire.Ticket;
import dev.muster.restore.Opened;
import dev.muster.restore.TicketOutcome;
import dev.muster.restore.Tickets;
import java.util.List;
import java.util.Optional;

/// A ticket office with one point.
final class FakeTickets implements Tickets {
  Opened opened = new Opened.Absent("k");
  TicketOutcome issued = new TicketOutcome.Issued(new Ticket(List.of()));
  Optional<String> damage = Optional.empty();

  @Override
  public Opened open(WorkloadKey workload, PointId point) {
    return opened;
  }

  @Override
  public TicketOutcome issue(List<Manifest.Stream> streams) {
    return issued;
  }

  @Override
  public Optional<String> damage(List<Manifest.Stream> streams) {
    return damage;
  }
}
