package dev.muster.auditor.inventory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.auditor.inventory.MetadataReader.Keep;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/// Reads objects out of a stream of tokens; nothing else of them is ever in memory. Equal parts of
/// different objects are kept once. Not for several threads.
public final class ObjectReader {
  static final Metadata NOBODY = new Metadata("", "", "", Map.of(), Map.of(), null, null);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Pool pool = new Pool();
  private final Words words = new Words();

  /// @param at at the first token of an object; left at its last
  /// @throws IllegalArgumentException for an object of another shape, with the place
  Facts read(Kind kind, JsonParser at) throws IOException {
    Tokens tokens = new Tokens(at, words);
    return switch (kind) {
      case NAMESPACE -> new NamespaceFacts(metadata(tokens));
      case CLAIM -> ClaimReader.read(tokens, pool);
      case VOLUME -> VolumeReader.read(tokens, pool);
      case POD -> PodReader.read(tokens, pool);
      case STATEFUL_SET, DEPLOYMENT, DAEMON_SET, CRON_JOB ->
          WorkloadReader.read(kind, tokens, pool);
      case SERVICE -> ServiceReader.read(tokens, pool);
    };
  }

  /// @throws IllegalArgumentException for an object of another shape, with the place
  public Facts read(Kind kind, JsonNode object) {
    try (JsonParser at = JSON.treeAsTokens(object)) {
      at.nextToken();
      return read(kind, at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Empty for an object that neither holds data nor uses it.
  ///
  /// @throws IllegalArgumentException for an object of another shape, with the place
  public Optional<Facts> read(HasMetadata object) {
    return Kind.of(object.getApiVersion(), object.getKind())
        .map(kind -> read(kind, JSON.valueToTree(object)));
  }

  private Metadata metadata(Tokens tokens) throws IOException {
    Metadata[] found = {NOBODY};
    tokens.object(field -> {
      if (field.equals("metadata")) {
        found[0] = MetadataReader.read(tokens, pool, Keep.ALL);
      } else {
        tokens.skip();
      }
    });
    return found[0];
  }
}
