package dev.muster.http;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The connections whose handshake is not done.
///
/// Who opens many and says nothing must not keep others out: beyond the bound the eldest gives way.
/// For any thread: connections are accepted on one event loop and served on others.
final class Newcomers {
  private final int most;
  private final Consumer<String> rejected;
  private final Set<Channel> present = new LinkedHashSet<>();

  /// @param rejected told why a connection ends here
  Newcomers(int most, Consumer<String> rejected) {
    this.most = most;
    this.rejected = rejected;
  }

  void arrived(Channel channel) {
    var gives = enter(channel);
    channel.closeFuture().addListener(closed -> left(channel));
    gives.ifPresent(eldest -> {
      rejected.accept("handshakes");
      var _ = eldest.close();
    });
  }

  /// It is a newcomer no longer. Harmless when repeated.
  synchronized void left(Channel channel) {
    present.remove(channel);
  }

  synchronized int count() {
    return present.size();
  }

  private synchronized Optional<Channel> enter(Channel channel) {
    var gives = present.size() < most ? Optional.<Channel>empty() : present.stream().findFirst();
    gives.ifPresent(present::remove);
    present.add(channel);
    return gives;
  }
}
