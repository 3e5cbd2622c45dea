package dev.muster.http;

import java.util.ArrayDeque;
import java.util.Deque;

/// The TLS handshakes of one event loop: few at a time, the youngest connection first.
///
/// A handshake costs as much as what is asked after it. When connections come faster than they can
/// be served, first come first served would spend everything on callers who have given up by then,
/// and who come back with another connection for as long as there is any load.
///
/// For use on its event loop only.
final class Handshakes {
  /// One connection that has begun to speak.
  interface Turn {
    void begin();

    void turnAway();
  }

  private final int atOnce;
  private final int mostWaiting;
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int running;

  Handshakes(int atOnce, int mostWaiting) {
    this.atOnce = atOnce;
    this.mostWaiting = mostWaiting;
  }

  void arrived(Turn turn) {
    waiting.addFirst(turn);
    if (running < atOnce) {
      beginNext();
    } else if (waiting.size() > mostWaiting) {
      waiting.removeLast().turnAway();
    }
  }

  /// Its caller has left before its turn came.
  void left(Turn turn) {
    waiting.remove(turn);
  }

  /// One that was begun has ended, well or not.
  void ended() {
    running--;
    if (running < atOnce) {
      beginNext();
    }
  }

  private void beginNext() {
    var next = waiting.pollFirst();
    if (next != null) {
      running++;
      next.begin();
    }
  }
}
