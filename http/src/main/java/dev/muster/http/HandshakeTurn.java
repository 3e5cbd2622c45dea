package dev.muster.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// Stands before TLS in a new connection and keeps what the caller says first until its handshake
/// may begin. A caller who leaves meanwhile has cost a socket and memory, and no handshake.
final class HandshakeTurn extends ChannelInboundHandlerAdapter {
  /// Who takes longer waits for the network or for nothing, and not for our processor.
  private static final long LONGEST_MS = 50;

  /// A caller's first word is one record: a few parts, and a few kilobytes at most.
  private static final int MOST_HELD = 8;

  private static final int MOST_BYTES = 16 << 10;

  private final Function<EventExecutor, Handshakes> handshakes;
  private final Consumer<String> rejected;
  private Optional<Caller> caller = Optional.empty();

  /// @param handshakes of an event loop
  /// @param rejected told why a connection ends here
  HandshakeTurn(Function<EventExecutor, Handshakes> handshakes, Consumer<String> rejected) {
    this.handshakes = handshakes;
    this.rejected = rejected;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (caller.isEmpty()) {
      var first = new Caller(context, handshakes.apply(context.executor()), message);
      caller = Optional.of(first);
      first.handshakes.arrived(first);
    } else if (waits()) {
      caller.get().hold(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!waits()) {
      context.fireChannelReadComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    caller.ifPresent(Caller::gone);
    context.fireChannelInactive();
  }

  private boolean waits() {
    return caller.filter(each -> each.state == State.WAITING).isPresent();
  }

  private enum State {
    WAITING,
    RUNNING,
    OVER
  }

  /// One who has begun to speak.
  private final class Caller implements Handshakes.Turn {
    private final ChannelHandlerContext context;
    private final Handshakes handshakes;
    private final List<Object> held = new ArrayList<>(1);
    private State state = State.WAITING;

    Caller(ChannelHandlerContext context, Handshakes handshakes, Object message) {
      this.context = context;
      this.handshakes = handshakes;
      held.add(message);
    }

    void hold(Object message) {
      held.add(message);
      if (held.size() > MOST_HELD || bytes() > MOST_BYTES) {
        turnAway();
      }
    }

    private int bytes() {
      int sum = 0;
      for (var each : held) {
        sum += each instanceof ByteBuf part ? part.readableBytes() : 0;
      }
      return sum;
    }

    @Override
    public void begin() {
      state = State.RUNNING;
      var tls = context.pipeline().get(SslHandler.class);
      if (tls == null) {
        over();
      } else {
        var longest = context.executor().schedule(this::over, LONGEST_MS, TimeUnit.MILLISECONDS);
        tls.handshakeFuture()
            .addListener(done -> {
              longest.cancel(false);
              over();
            });
      }
      held.forEach(context::fireChannelRead);
      held.clear();
      context.fireChannelReadComplete();
    }

    @Override
    public void turnAway() {
      rejected.accept("handshakes");
      drop();
      var _ = context.close();
    }

    void gone() {
      if (state == State.WAITING) {
        rejected.accept("caller_gone");
        drop();
      }
      over();
    }

    private void drop() {
      state = State.OVER;
      handshakes.left(this);
      held.forEach(ReferenceCountUtil::release);
      held.clear();
    }

    private void over() {
      if (state == State.RUNNING) {
        state = State.OVER;
        handshakes.ended();
      }
    }
  }
}
