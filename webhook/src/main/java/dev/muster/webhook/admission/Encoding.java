package dev.muster.webhook.admission;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// What a JSON parser lets through that is no text: overlong and other ill-formed UTF-8, and halves
/// of surrogate pairs, which cannot be written back.
final class Encoding {
  private static final int AT_ONCE = 4096;

  private Encoding() {}

  /// How many bytes from the start are UTF-8 as RFC 3629 wants it.
  static int sound(byte[] body) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(body);
    var out = CharBuffer.allocate(Math.min(body.length + 1, AT_ONCE));
    while (decoder.decode(in, out, true).isOverflow()) {
      out.clear();
    }
    return in.position();
  }

  /// Whether a string of the text, which is JSON, escapes one half of a surrogate pair alone.
  static boolean halfSurrogate(byte[] json) {
    for (int at = 0; at < json.length; at++) {
      if (json[at] != '\\') {
        continue;
      }
      if (json[at + 1] != 'u') {
        at++;
      } else if (!surrogate(json, at)) {
        at += 5;
      } else if (pair(json, at)) {
        at += 11;
      } else {
        return true;
      }
    }
    return false;
  }

  private static boolean surrogate(byte[] json, int at) {
    return Character.isSurrogate(unit(json, at));
  }

  private static boolean pair(byte[] json, int at) {
    return at + 12 <= json.length
        && json[at + 6] == '\\'
        && json[at + 7] == 'u'
        && Character.isSurrogatePair(unit(json, at), unit(json, at + 6));
  }

  private static char unit(byte[] json, int at) {
    int unit = 0;
    for (int digit = at + 2; digit < at + 6; digit++) {
      unit = unit << 4 | Character.digit(json[digit], 16);
    }
    return (char) unit;
  }
}
