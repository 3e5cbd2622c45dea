package dev.muster.policies;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.model.EngineChoice;
import java.util.List;

/// What the policy `muster/engine` is asked about some containers: only what shows an engine, so
/// without tags and digests of images, and whoever asks may keep the answer for all that look
/// alike. `docs/reference/engine-policy.md`.
///
/// @param said the engine that the contract names, or leaves to recognition
public record RecognitionQuestion(List<ContainerShape> containers, EngineChoice said) {
  public static final String ENTRYPOINT = "muster/engine";

  public RecognitionQuestion {
    containers = containers.stream().map(ContainerShape::untagged).toList();
  }

  public ObjectNode input() {
    var input = JsonNodeFactory.instance.objectNode();
    input.putObject("contract").put("engine", said.word());
    var all = input.putArray("containers");
    containers.stream().limit(PodShape.CONTAINERS).forEach(each -> each.into(all.addObject()));
    return input;
  }
}
