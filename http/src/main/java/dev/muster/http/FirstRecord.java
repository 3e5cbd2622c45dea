package dev.muster.http;

import io.netty.buffer.ByteBuf;

/// The first record of TLS: type, version and length before its content (RFC 8446, 5.1).
final class FirstRecord {
  private static final int HEADER = 5;
  private static final int HANDSHAKE = 22;

  private FirstRecord() {}

  /// True also for what is no TLS: that is for others to refuse.
  static boolean complete(ByteBuf said) {
    int there = said.readableBytes();
    int start = said.readerIndex();
    if (there > 0 && said.getByte(start) != HANDSHAKE) {
      return true;
    }
    return there >= HEADER && there >= HEADER + said.getUnsignedShort(start + 3);
  }
}
