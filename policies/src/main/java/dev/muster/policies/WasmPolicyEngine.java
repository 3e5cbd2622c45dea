package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Evaluates a policy compiled to wasm, with a fixed number of instances over one compiled code.
///
/// Nothing is compiled after loading. An instance that threw is thrown away; whoever takes its
/// place next makes another. Callers wait for a free one, and evaluate, no longer than the deadline
/// each.
public final class WasmPolicyEngine implements PolicyEngine {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final PolicyModule module;
  private final String digest;
  private final Duration limit;
  private final Deadline deadline;
  private final BlockingQueue<Optional<PolicyInstance>> free;
  private volatile boolean closed;

  private WasmPolicyEngine(PolicyModule module, String digest, int instances, Duration limit) {
    this.module = module;
    this.digest = digest;
    this.limit = limit;
    this.deadline = new Deadline(limit);
    this.free = new ArrayBlockingQueue<>(instances);
    for (int i = 0; i < instances; i++) {
      free.add(Optional.of(module.instance()));
    }
  }

  /// Muster's own policy, which the build compiled.
  public static WasmPolicyEngine builtIn(int instances, Duration limit) {
    PolicyBundle bundle = PolicyBundle.builtIn();
    PolicyModule module = PolicyModule.builtIn(bundle.data());
    return new WasmPolicyEngine(module, bundle.digest(), instances, limit);
  }

  /// Compiles another policy; takes seconds, so never on a request's thread. Throws
  /// [PolicyException] if it cannot run here.
  public static WasmPolicyEngine load(PolicyBundle bundle, int instances, Duration limit) {
    return new WasmPolicyEngine(PolicyModule.compile(bundle), bundle.digest(), instances, limit);
  }

  @Override
  public PolicyOutcome evaluate(String entrypoint, JsonNode input) {
    Integer id = module.entrypoints().get(entrypoint);
    if (closed) {
      return new PolicyOutcome.Broken("the policy is closed");
    }
    if (id == null) {
      return new PolicyOutcome.Broken("the policy has no entrypoint " + entrypoint);
    }
    try {
      byte[] json = MAPPER.writeValueAsBytes(input);
      @Nullable Optional<PolicyInstance> place = free.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      return place == null
          ? new PolicyOutcome.Broken("no free instance of the policy within the deadline")
          : evaluate(place, id, json);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PolicyOutcome.Broken("interrupted");
    } catch (IOException e) {
      return new PolicyOutcome.Broken("the input is no JSON: " + e.getMessage());
    }
  }

  private PolicyOutcome evaluate(Optional<PolicyInstance> place, int entrypoint, byte[] input) {
    Optional<PolicyInstance> whole = Optional.empty();
    try {
      PolicyInstance instance = place.orElseGet(module::instance);
      byte[] answer = deadline.within(() -> instance.evaluate(entrypoint, input));
      whole = Optional.of(instance);
      return read(answer);
    } catch (RuntimeException | StackOverflowError e) {
      return new PolicyOutcome.Broken("the evaluation ended early: " + e.getMessage());
    } finally {
      free.add(whole);
    }
  }

  private static PolicyOutcome read(byte[] answer) {
    try {
      JsonNode result = MAPPER.readTree(answer).path(0).path("result");
      return result.isMissingNode()
          ? new PolicyOutcome.Broken("the entrypoint is undefined for this input")
          : new PolicyOutcome.Decided(result);
    } catch (IOException e) {
      return new PolicyOutcome.Broken("the answer is no JSON");
    }
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public void close() {
    closed = true;
    deadline.close();
  }
}
