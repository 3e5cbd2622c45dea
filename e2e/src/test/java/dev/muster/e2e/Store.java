package dev.muster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The bucket as any S3 client sees it: curl, none of Muster's own code.
///
/// @param user `access:secret`; given to curl on standard input
record Store(Shell shell, String bucket, String region, String authority, String user) {

  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  static Store of(Shell shell) {
    Map<String, String> env = shell.environment();
    return new Store(
        shell,
        env.get("MUSTER_S3_ENDPOINT") + "/" + env.get("MUSTER_S3_BUCKET"),
        env.getOrDefault("AWS_REGION", "us-east-1"),
        env.getOrDefault("MUSTER_S3_CA", ""),
        env.get("AWS_ACCESS_KEY_ID") + ":" + env.get("AWS_SECRET_ACCESS_KEY"));
  }

  /// Keys below the prefixes, at most a thousand of each.
  List<String> list(String... prefixes) {
    List<String> urls =
        Stream.of(prefixes)
            .map(prefix -> "?list-type=2&max-keys=1000&prefix=" + prefix.replace("/", "%2F"))
            .map(bucket::concat)
            .toList();
    Matcher keys = KEY.matcher(curl(List.of(), urls).orFail());
    List<String> found = new ArrayList<>();
    while (keys.find()) {
      found.add(keys.group(1));
    }
    return found;
  }

  /// An object that was listed.
  JsonNode stored(String key) {
    return Kubectl.tree(new String(get(key), StandardCharsets.UTF_8));
  }

  byte[] get(String key) {
    Path file = temporary();
    try {
      curl(List.of("--output", file.toString()), List.of(bucket + "/" + key)).orFail();
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      remove(file);
    }
  }

  /// Overwrites an object, as somebody with the credential could.
  void put(String key, byte[] content) {
    Path file = temporary();
    try {
      Files.write(file, content);
      curl(List.of("--upload-file", file.toString()), List.of(bucket + "/" + key)).orFail();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      remove(file);
    }
  }

  private Shell.Result curl(List<String> more, List<String> urls) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "curl",
                "--fail",
                "--fail-early",
                "--silent",
                "--show-error",
                "--cacert",
                authority));
    command.addAll(List.of("--aws-sigv4", "aws:amz:" + region + ":s3", "--config", "-"));
    command.addAll(List.of("--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD"));
    command.addAll(more);
    command.addAll(urls);
    return shell.run(DEADLINE, "user = \"" + user + "\"\n", command);
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("muster-store", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
