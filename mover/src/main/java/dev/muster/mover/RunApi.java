package dev.muster.mover;

import dev.muster.repository.Backoff;
import dev.muster.repository.Json;
import dev.muster.repository.MalformedException;
import dev.muster.repository.Pause;
import dev.muster.repository.wire.ErrorBody;
import dev.muster.repository.wire.PartGrant;
import dev.muster.repository.wire.PartRequest;
import dev.muster.repository.wire.Progress;
import dev.muster.repository.wire.RunReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The auditor's run API, for one run. The token is read again before each call, since the kubelet
/// replaces it in a long run.
final class RunApi {

  /// RFC 6750, section 2.1.
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final Duration CALL = Duration.ofSeconds(30);

  /// A restart of the auditor, or its change of leader, is bridged: about five minutes.
  private static final Backoff BACKOFF =
      new Backoff(20, Duration.ofMillis(250), Duration.ofSeconds(20));

  private final HttpClient http;
  private final URI run;
  private final Path tokenFile;
  private final Pause pause;
  private final RandomGenerator random;

  RunApi(HttpClient http, BackupSettings settings, Pause pause, RandomGenerator random) {
    this.http = http;
    this.run = URI.create(settings.api() + "/v1/runs/" + settings.runId() + "/");
    this.tokenFile = settings.tokenFile();
    this.pause = pause;
    this.random = random;
  }

  /// Where to send one part. A grant lives for minutes: ask again for a retry.
  PartGrant part(PartRequest request) throws MoverException, InterruptedException {
    byte[] body = call("parts", request);
    try {
      return Json.decode(body, PartGrant.class, "the auditor's grant");
    } catch (MalformedException e) {
      throw new MoverException(Reason.AUDITOR, e.getMessage() + "", e);
    }
  }

  /// Hands in the report; returns when it is accepted.
  void report(RunReport report) throws MoverException, InterruptedException {
    call("report", report);
  }

  /// Tells how far a stream is, once and without complaint.
  void progress(Progress progress) throws InterruptedException {
    try {
      http.send(request("progress", progress), HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      // Progress is for people; the stream goes on without it.
    }
  }

  private byte[] call(String path, Object body) throws MoverException, InterruptedException {
    String last = "";
    for (int failed = 1; failed <= BACKOFF.attempts(); failed++) {
      try {
        HttpResponse<byte[]> answer =
            http.send(request(path, body), HttpResponse.BodyHandlers.ofByteArray());
        int status = answer.statusCode();
        if (status == 200 || status == 204) {
          return answer.body();
        }
        last = status + " " + text(answer.body());
        if (isFinal(status)) {
          throw new MoverException(
              Reason.RUN_REFUSED, "the auditor refuses " + path + ": " + last, null);
        }
      } catch (MoverException e) {
        throw e;
      } catch (IOException e) {
        last = e.toString();
      }
      pause.pause(BACKOFF.wait(failed, random));
    }
    throw new MoverException(
        Reason.AUDITOR, "the auditor at " + run.getAuthority() + " gives no answer: " + last, null);
  }

  /// 401 is not final: a token may have expired between reading and use.
  private static boolean isFinal(int status) {
    return status >= 400 && status < 500 && status != 401 && status != 408 && status != 429;
  }

  private HttpRequest request(String path, Object body) throws IOException {
    return HttpRequest.newBuilder(run.resolve(path))
        .timeout(CALL)
        .header("Authorization", "Bearer " + token())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.encode(body)))
        .build();
  }

  /// Checked here: the HTTP client would quote a malformed one in its complaint.
  private String token() throws IOException {
    String token = Files.readString(tokenFile, StandardCharsets.UTF_8).strip();
    if (!TOKEN.matcher(token).matches()) {
      throw new IOException(tokenFile + " holds no bearer token");
    }
    return token;
  }

  private static String text(byte[] body) {
    try {
      ErrorBody error = Json.decode(body, ErrorBody.class, "error");
      return error.reason() + ": " + error.error();
    } catch (MalformedException e) {
      return "";
    }
  }
}
