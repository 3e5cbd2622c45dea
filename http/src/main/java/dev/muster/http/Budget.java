package dev.muster.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What one server may hold at a time: body bytes and requests.
final class Budget {
  private final long maxBytes;
  private final int maxRequests;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger requests = new AtomicInteger();

  Budget(Capacity capacity) {
    this.maxBytes = capacity.bytesInFlight();
    this.maxRequests = capacity.requestsInFlight();
  }

  boolean enter() {
    if (requests.incrementAndGet() <= maxRequests) {
      return true;
    }
    requests.decrementAndGet();
    return false;
  }

  void leave() {
    requests.decrementAndGet();
  }

  boolean take(long amount) {
    if (bytes.addAndGet(amount) <= maxBytes) {
      return true;
    }
    bytes.addAndGet(-amount);
    return false;
  }

  void give(long amount) {
    bytes.addAndGet(-amount);
  }

  long bytes() {
    return bytes.get();
  }

  int requests() {
    return requests.get();
  }
}
