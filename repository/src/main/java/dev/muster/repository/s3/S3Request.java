package dev.muster.repository.s3;

import java.io.IOException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/// Requests that the SDK's client has no words for.
final class S3Request {

  private S3Request() {}

  /// Signs a request as the SDK's client does and sends it once.
  static HttpExecuteResponse send(
      SdkHttpClient http, S3Settings settings, String service, SdkHttpRequest request, byte[] body)
      throws IOException {
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(r ->
                r.identity(S3Connection.credentials(settings.credentials()).resolveCredentials())
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, settings.region())
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
    var ready = HttpExecuteRequest.builder().request(signed.request());
    if (body.length > 0) { // a body makes a POST of a GET
      ready.contentStreamProvider(signed.payload().orElseThrow());
    }
    return http.prepareRequest(ready.build()).call();
  }
}
