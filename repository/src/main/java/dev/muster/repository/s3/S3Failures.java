package dev.muster.repository.s3;

import dev.muster.repository.StoreException;
import dev.muster.repository.StoreException.Kind;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Turns what the SDK throws into the port's exception, which names the store.
final class S3Failures {

  private final String store;

  S3Failures(S3Settings settings) {
    this.store = "store %s, bucket %s".formatted(settings.endpoint(), settings.bucket());
  }

  <T> T call(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw failure(what, e);
    }
  }

  /// Like [#call], where some refusals of the server are an answer: `answer` gives null for the
  /// others.
  <T> T call(String what, Supplier<T> request, Function<S3Exception, @Nullable T> answer) {
    try {
      return request.get();
    } catch (S3Exception e) {
      T answered = answer.apply(e);
      if (answered == null) {
        throw failure(what, e);
      }
      return answered;
    } catch (SdkException e) {
      throw failure(what, e);
    }
  }

  /// The body did not come as announced.
  StoreException cut(String what, IOException e) {
    return new StoreException(
        Kind.UNAVAILABLE, "%s: cannot %s: %s".formatted(store, what, root(e)), e);
  }

  private StoreException failure(String what, SdkException e) {
    if (e instanceof S3Exception s3) {
      return new StoreException(
          kind(s3), "%s refuses to %s: %d %s".formatted(store, what, s3.statusCode(), code(s3)), e);
    }
    boolean tls = hasCause(e, SSLException.class) || hasCause(e, CertificateException.class);
    return new StoreException(
        tls ? Kind.TLS : Kind.UNAVAILABLE, "%s: cannot %s: %s".formatted(store, what, root(e)), e);
  }

  static boolean isConflict(S3Exception e) {
    return e.statusCode() == 412 || e.statusCode() == 409;
  }

  static String code(S3Exception e) {
    if (e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null) {
      return "";
    }
    return e.awsErrorDetails().errorCode();
  }

  private static Kind kind(S3Exception e) {
    return switch (code(e)) {
      case "QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity" -> Kind.FULL;
      case "SlowDown", "ThrottlingException", "RequestLimitExceeded" -> Kind.THROTTLED;
      case "InternalError" -> Kind.UNAVAILABLE;
      default -> kind(e.statusCode());
    };
  }

  private static Kind kind(int status) {
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.NOT_FOUND;
      case 429 -> Kind.THROTTLED;
      case 507 -> Kind.FULL;
      case 400, 405, 409, 411, 412, 413, 416, 501 -> Kind.UNSUPPORTED;
      default -> Kind.UNAVAILABLE;
    };
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    return type.isInstance(e) || (e.getCause() != null && hasCause(e.getCause(), type));
  }

  private static String root(Throwable e) {
    return e.getCause() == null
        ? e.getClass().getSimpleName() + ": " + e.getMessage()
        : root(e.getCause());
  }
}
