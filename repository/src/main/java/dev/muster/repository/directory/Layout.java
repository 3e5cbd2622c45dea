package dev.muster.repository.directory;

import dev.muster.repository.StoreException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Keys as files below a root. What begins with a dot is no object.
final class Layout {

  private static final Pattern SEGMENT = Pattern.compile("(?!\\.)[^/\\x00]{1,255}");

  private final Path root;

  Layout(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /// Where files lie that are not finished: on the same file system, out of sight.
  Path scratch() {
    return root.resolve(".muster");
  }

  Path file(String key) {
    return root.resolve(checked(key));
  }

  /// The folder that holds whatever begins with `prefix`.
  Path folder(String prefix) {
    int slash = prefix.lastIndexOf('/');
    return slash < 0 ? root : file(prefix.substring(0, slash));
  }

  String key(Path file) {
    return root.relativize(file).toString();
  }

  private static String checked(String key) {
    for (String segment : key.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        throw new StoreException(
            StoreException.Kind.UNSUPPORTED, "'" + key + "' cannot be a file of a store", null);
      }
    }
    return key;
  }
}
