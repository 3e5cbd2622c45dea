package dev.muster.repository.s3;

import dev.muster.repository.probe.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.Md5Utils;

/// Sends a bucket a setting that is neither XML nor JSON, which the SDK's own requests cannot say.
final class S3Document implements AutoCloseable {

  /// Begins as a tag and is none: of text without a tag, or of a tag that it does not know, MinIO
  /// says that the fault is its own.
  private static final byte[] NOTHING =
      "<A probe asks whether this credential might change a setting."
          .getBytes(StandardCharsets.UTF_8);

  private static final Pattern CODE = Pattern.compile("<Code>(\\w+)</Code>");
  private static final int MOST = 4096;

  private final S3Settings settings;
  private final S3Failures failures;
  private final SdkHttpClient http;

  S3Document(S3Settings settings, S3Failures failures) {
    this.settings = settings;
    this.failures = failures;
    this.http = S3Connection.http(settings, S3Limits.SMALL).build();
  }

  Attempt put(String setting) {
    try {
      HttpExecuteResponse answer = S3Request.send(http, settings, "s3", request(setting), NOTHING);
      int status = answer.httpResponse().statusCode();
      return judged(status, "%d %s".formatted(status, code(answer)).strip());
    } catch (IOException e) {
      throw failures.cut("ask about the bucket's " + setting, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private Attempt judged(int status, String said) throws IOException {
    return switch (status) {
      case 401, 403 -> new Attempt.Refused(said);
      case 404, 405, 501 -> new Attempt.Unsupported(said);
      default -> {
        if (status >= 500) {
          throw new IOException("the store answers " + said);
        }
        yield status < 300 ? new Attempt.Done() : new Attempt.Judged(said);
      }
    };
  }

  private SdkHttpRequest request(String setting) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.PUT)
        .uri(bucket())
        .putRawQueryParameter(setting, "")
        .putHeader("Content-Type", "application/xml")
        .putHeader("Content-Length", String.valueOf(NOTHING.length))
        .putHeader("Content-MD5", Md5Utils.md5AsBase64(NOTHING))
        .build();
  }

  private URI bucket() {
    URI endpoint = settings.endpoint();
    String authority = endpoint.getAuthority();
    return URI.create(
        settings.pathStyle()
            ? "%s://%s/%s".formatted(endpoint.getScheme(), authority, settings.bucket())
            : "%s://%s.%s/".formatted(endpoint.getScheme(), settings.bucket(), authority));
  }

  private static String code(HttpExecuteResponse answer) throws IOException {
    if (answer.responseBody().isEmpty()) {
      return "";
    }
    try (InputStream body = answer.responseBody().get()) {
      Matcher code = CODE.matcher(new String(body.readNBytes(MOST), StandardCharsets.UTF_8));
      return code.find() ? code.group(1) : "";
    }
  }
}
