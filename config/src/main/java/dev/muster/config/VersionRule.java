package dev.muster.config;

/// Refuses a dump by a client that is older than the server: what such a client does not know it
/// leaves out, often without a word.
final class VersionRule {
  /// What is not a number is no version, and refused as well.
  private static final String COMPARISON =
      """
      muster_client_is="$(muster_client_version)" muster_server_is="$(muster_server_version)"
      muster_client="$muster_client_is" muster_server="$muster_server_is" muster_left=%d
      while [ "$muster_left" -gt 0 ]; do
        muster_a="${muster_client%%%%.*}" muster_b="${muster_server%%%%.*}"
        muster_a="${muster_a%%%%[!0-9]*}" muster_b="${muster_b%%%%[!0-9]*}"
        if [ -z "$muster_a" ] || [ -z "$muster_b" ]; then
          echo "muster: which is older, client or server? They say '$muster_client_is' and '$muster_server_is'" >&2
          exit 1
        fi
        [ "$muster_a" -le "$muster_b" ] || break
        if [ "$muster_a" -lt "$muster_b" ]; then
          echo "muster: the client ($muster_client_is) is older than the server ($muster_server_is) and may leave out what it does not know: dump with an image as new as the server" >&2
          exit 1
        fi
        case "$muster_client" in *.*) muster_client="${muster_client#*.}" ;; *) muster_client=0 ;; esac
        case "$muster_server" in *.*) muster_server="${muster_server#*.}" ;; *) muster_server=0 ;; esac
        muster_left=$((muster_left - 1))
      done
      """;

  private VersionRule() {}

  /// What runs before a dump.
  ///
  /// @param client prints the version of the program that dumps
  /// @param server prints the version of the server
  /// @param numbers how many of a version's numbers count
  static String script(String client, String server, int numbers) {
    return function("muster_client_version", client)
        + function("muster_server_version", server)
        + COMPARISON.formatted(numbers);
  }

  private static String function(String name, String body) {
    return name + "() {\n" + body + "\n}\n";
  }
}
