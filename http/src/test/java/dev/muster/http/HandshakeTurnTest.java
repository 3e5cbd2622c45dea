package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

@Covers({"F10", "F12"})
class HandshakeTurnTest {
  /// The head of a handshake record, and nothing of what it announces.
  private static final byte[] BEGUN = {22, 3, 1, 2, 0};

  private final List<String> rejected = new ArrayList<>();
  private final Handshakes handshakes = new Handshakes(1, 10);

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
      say(second, "more ");
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

  private EmbeddedChannel inHandshake() throws NoSuchAlgorithmException {
    var engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(false);
    var channel = new EmbeddedChannel(turn(), new SslHandler(engine));
    channel.writeInbound(Unpooled.wrappedBuffer(BEGUN));
    return channel;
  }

  private EmbeddedChannel channel() {
    return new EmbeddedChannel(turn());
  }

  private HandshakeTurn turn() {
    return new HandshakeTurn(context -> handshakes, rejected::add);
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
