package dev.muster.restore;

import dev.muster.repository.wire.Ticket;

/// What asking for a ticket came to.
public sealed interface TicketOutcome {

  record Issued(Ticket ticket) implements TicketOutcome {}

  /// The point's objects are not what its manifest states.
  record Damaged(String evidence) implements TicketOutcome {}

  /// The objects are there, but the identity does not open them.
  record Locked(String evidence) implements TicketOutcome {}

  /// The store could not be asked; says nothing about the point.
  record Unavailable(String reason) implements TicketOutcome {}
}
