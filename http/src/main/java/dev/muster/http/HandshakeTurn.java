package dev.muster.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// Stands before TLS in a new connection and keeps what the caller says first until its handshake
/// may begin. A caller who leaves meanwhile has cost a socket and memory, and no handshake.
final class HandshakeTurn extends ChannelInboundHandlerAdapter {
  /// What costs a processor is done at once when a turn begins; then it is the caller's.
  private static final long LONGEST_MS = 5;

  /// A caller's first word is one record of a few kilobytes.
  private static final int MOST_BYTES = 16 << 10;

  private final Function<EventExecutor, Handshakes> handshakes;
  private final Newcomers newcomers;
  private final Consumer<String> rejected;
  private Optional<Caller> caller = Optional.empty();

  /// @param handshakes of an event loop
  /// @param newcomers told when the handshake is done
  /// @param rejected told why a connection ends here
  HandshakeTurn(
      Function<EventExecutor, Handshakes> handshakes,
      Newcomers newcomers,
      Consumer<String> rejected) {
    this.handshakes = handshakes;
    this.newcomers = newcomers;
    this.rejected = rejected;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (caller.isEmpty()) {
      var first = new Caller(context, handshakes.apply(context.executor()));
      caller = Optional.of(first);
      first.says((ByteBuf) message);
    } else if (caller.get().waits()) {
      caller.get().says((ByteBuf) message);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (caller.filter(Caller::waits).isEmpty()) {
      context.fireChannelReadComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    caller.ifPresent(Caller::gone);
    context.fireChannelInactive();
  }

  private enum State {
    SPEAKING,
    WAITING,
    RUNNING,
    OVER
  }

  /// One who has begun to speak. Only a whole first record takes a place in the queue.
  private final class Caller implements Handshakes.Turn {
    private final ChannelHandlerContext context;
    private final Handshakes handshakes;
    private ByteBuf said;
    private State state = State.SPEAKING;

    Caller(ChannelHandlerContext context, Handshakes handshakes) {
      this.context = context;
      this.handshakes = handshakes;
      this.said = context.alloc().buffer(0);
    }

    boolean waits() {
      return state == State.SPEAKING || state == State.WAITING;
    }

    void says(ByteBuf more) {
      said = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), said, more);
      if (said.readableBytes() > MOST_BYTES) {
        turnAway();
      } else if (state == State.SPEAKING && FirstRecord.complete(said)) {
        state = State.WAITING;
        handshakes.arrived(this);
      }
    }

    @Override
    public void begin() {
      state = State.RUNNING;
      var tls = context.pipeline().get(SslHandler.class);
      if (tls == null) {
        newcomers.left(context.channel());
        over();
      } else {
        var longest = context.executor().schedule(this::over, LONGEST_MS, TimeUnit.MILLISECONDS);
        tls.handshakeFuture()
            .addListener(done -> {
              longest.cancel(false);
              if (done.isSuccess()) {
                newcomers.left(context.channel());
              }
              over();
            });
      }
      context.fireChannelRead(said);
      context.fireChannelReadComplete();
    }

    @Override
    public void turnAway() {
      rejected.accept("handshakes");
      drop();
      var _ = context.close();
    }

    void gone() {
      if (waits()) {
        rejected.accept("caller_gone");
        drop();
      }
      over();
    }

    private void drop() {
      state = State.OVER;
      handshakes.left(this);
      said.release();
    }

    private void over() {
      if (state == State.RUNNING) {
        state = State.OVER;
        handshakes.ended();
      }
    }
  }
}
