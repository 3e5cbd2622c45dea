package dev.muster.repository.s3;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Credentials of MinIO that may do less than their owner.
final class MinioTokens {

  private static final Path PAGE =
      Path.of(System.getProperty("muster.root", ".."), "docs", "reference", "store-probe.md");
  private static final Pattern POLICY = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  private MinioTokens() {}

  /// A credential that may do what the documentation says that Muster's needs, and nothing else.
  static S3Credentials narrowed(S3Settings owner) throws IOException {
    Matcher policy = POLICY.matcher(Files.readString(PAGE));
    if (!policy.find()) {
      throw new IOException(PAGE + " has no policy any more");
    }
    String answer =
        post(
            owner,
            Map.of(
                "Action",
                "AssumeRole",
                "Version",
                "2011-06-15",
                "DurationSeconds",
                "900",
                "Policy",
                policy.group(1).replace("BUCKET", owner.bucket())));
    return new S3Credentials(
        field(answer, "AccessKeyId"),
        field(answer, "SecretAccessKey"),
        Optional.of(field(answer, "SessionToken")));
  }

  private static String post(S3Settings owner, Map<String, String> form) throws IOException {
    byte[] body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"))
            .getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(owner.endpoint().resolve("/"))
            .putHeader("Content-Type", "application/x-www-form-urlencoded")
            .putHeader("Content-Length", String.valueOf(body.length))
            .build();
    try (SdkHttpClient http = S3Connection.http(owner, S3Limits.SMALL).build()) {
      var answer = S3Request.send(http, owner, "sts", request, body);
      try (var in = answer.responseBody().orElseThrow()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private static String field(String answer, String name) throws IOException {
    Matcher field = Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(name)).matcher(answer);
    if (!field.find()) {
      throw new IOException("MinIO gives no token: " + answer);
    }
    return field.group(1);
  }
}
