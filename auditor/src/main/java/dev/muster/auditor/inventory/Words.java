package dev.muster.auditor.inventory;

/// Keeps what was said lately, and gives it again without making a text of it. Not for several
/// threads.
final class Words {
  private static final int PLACES = 1 << 12;
  private static final int LONGEST = 128;

  private final String[] lately = new String[PLACES];

  String of(char[] characters, int offset, int length) {
    if (length > LONGEST) {
      return new String(characters, offset, length);
    }
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + characters[i];
    }
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    String before = lately[place];
    if (before != null && same(before, characters, offset, length)) {
      return before;
    }
    String word = new String(characters, offset, length);
    lately[place] = word;
    return word;
  }

  private static boolean same(String word, char[] characters, int offset, int length) {
    if (word.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word.charAt(i) != characters[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
