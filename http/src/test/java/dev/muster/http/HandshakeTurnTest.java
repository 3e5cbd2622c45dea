package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@Covers({"F10", "F12"})
class HandshakeTurnTest {
  private final List<String> rejected = new ArrayList<>();
  private final Handshakes handshakes = new Handshakes(1, 10);
  private final Newcomers newcomers = new Newcomers(10, rejected::add);

  @Test
  void whatIsSaidMeanwhileIsHeardInItsTurn() throws Exception {
    var first = inHandshake();
    var second = channel();
    say(second, "one ");
    say(second, "two");
    assertThat(heard(second)).isEmpty();

    var _ = first.close();
    say(second, " three");

    assertThat(heard(second)).isEqualTo("one two three");
    assertThat(rejected).isEmpty();
  }

  @Test
  void whoSaysNothingMoreHoldsNobodyUpForLong() throws Exception {
    var first = inHandshake();
    var second = channel();
    say(second, "hello");

    first.advanceTimeBy(1, TimeUnit.SECONDS);
    first.runScheduledPendingTasks();

    assertThat(first.isOpen()).isTrue();
    assertThat(heard(second)).isEqualTo("hello");
  }

  @Test
  void halfAHelloTakesNoPlaceInTheQueue() throws Exception {
    var half = hello();
    var first = channel();
    first.writeInbound(half.retainedSlice(0, half.readableBytes() - 1));
    var second = channel();

    say(second, "hello");

    assertThat(heard(second)).isEqualTo("hello");
    assertThat(heard(first)).isEmpty();
    first.writeInbound(half.retainedSlice(half.readableBytes() - 1, 1));
    assertThat(heard(first)).isNotEmpty();
  }

  @Test
  void whoLeavesBeforeItsTurnCostsNoHandshake() throws Exception {
    var first = inHandshake();
    var second = channel();
    var said = say(second, "hello");
    var gone = second.close();

    var _ = first.close();
    assertThat(gone.isDone()).isTrue();

    assertThat(heard(second)).isEmpty();
    assertThat(said.refCnt()).isZero();
    assertThat(rejected).containsExactly("caller_gone");
  }

  @Test
  void whoTalksOnBeforeItsTurnIsCutOff() throws Exception {
    var first = inHandshake();
    var second = channel();
    for (int part = 0; part < 100 && second.isOpen(); part++) {
      say(second, "more ".repeat(100));
    }

    assertThat(second.isOpen()).isFalse();
    assertThat(rejected).containsExactly("handshakes");
    assertThat(first.isOpen()).isTrue();
  }

  @Test
  void whoSaysMuchAtOnceIsCutOff() throws Exception {
    var first = inHandshake();
    var second = channel();
    var hello = say(second, "hello");

    var much = say(second, "more ".repeat(10_000));

    assertThat(second.isOpen()).isFalse();
    assertThat(List.of(hello.refCnt(), much.refCnt())).containsOnly(0);
    assertThat(rejected).containsExactly("handshakes");
    assertThat(first.isOpen()).isTrue();
  }

  /// One whose hello was answered, and who says no more.
  private EmbeddedChannel inHandshake() throws Exception {
    var shown = new TestTls().issue().current().orElseThrow();
    var server =
        SslContextBuilder.forServer(stream(shown.certificates()), stream(shown.key()))
            .sslProvider(SslProvider.JDK)
            .build();
    var channel = new EmbeddedChannel(turn(), server.newHandler(UnpooledByteBufAllocator.DEFAULT));
    channel.freezeTime();
    channel.writeInbound(hello());
    return channel;
  }

  private static ByteBuf hello() throws Exception {
    var client = SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
    return new EmbeddedChannel(client.newHandler(UnpooledByteBufAllocator.DEFAULT)).readOutbound();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private EmbeddedChannel channel() {
    return new EmbeddedChannel(turn());
  }

  private HandshakeTurn turn() {
    return new HandshakeTurn(context -> handshakes, newcomers, rejected::add);
  }

  private static ByteBuf say(EmbeddedChannel channel, String text) {
    var said = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    channel.writeInbound(said);
    return said;
  }

  private static String heard(EmbeddedChannel channel) {
    var heard = new StringBuilder();
    for (ByteBuf each = channel.readInbound(); each != null; each = channel.readInbound()) {
      heard.append(each.toString(StandardCharsets.UTF_8));
    }
    return heard.toString();
  }
}
