package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The client may not be told to close an answer of which it reads just then.
class StreamedBodyTest {
  private final Answer answer = new Answer();
  private final StreamedBody body = new StreamedBody();

  /// What the client shows of an answer.
  private static final class Answer implements AsyncBody {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int asked;
    private int cancelled;

    @Override
    public void consume() {
      asked++;
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      cancelled++;
    }
  }

  @Test
  void oneThatWasReadToItsEndIsLeftAlone() throws IOException {
    body.begin(answer);
    body.heard(part(), answer);
    answer.done.complete(null);

    assertThat(body.readAllBytes()).hasSize(3);
    body.close();

    assertThat(answer.cancelled).isZero();
  }

  @Test
  void oneThatIsBeingReadIsGivenUpWithItsNextPart() {
    body.begin(answer);
    body.close();
    assertThat(answer.cancelled).isZero();

    body.heard(part(), answer);

    assertThat(answer.cancelled).isEqualTo(1);
    assertThat(answer.asked).as("only the first time").isEqualTo(1);
  }

  @Test
  void oneThatRestsIsGivenUpAtOnce() {
    body.begin(answer);
    body.heard(Collections.nCopies(40, ByteBuffer.wrap(new byte[3])), answer);

    body.close();
    body.close();

    assertThat(answer.cancelled).isEqualTo(1);
  }

  private static List<ByteBuffer> part() {
    return List.of(ByteBuffer.wrap(new byte[3]));
  }
}
