package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.model.Beginning;
import dev.muster.model.ImageReference;
import java.util.List;

/// What one container shows of an engine.
///
/// @param environment the names, never the values
public record ContainerShape(
    String name, String image, List<Integer> ports, List<String> environment, List<Mount> mounts) {
  private static final int EACH = 16;
  private static final int TEXT = 128;

  public ContainerShape {
    ports = List.copyOf(ports);
    environment = List.copyOf(environment);
    mounts = List.copyOf(mounts);
  }

  /// Of what tells most of them apart: shapes are looked up more often than they are made.
  @Override
  public int hashCode() {
    return 31 * name.hashCode() + image.hashCode();
  }

  /// Where a container sees a volume.
  public record Mount(String volume, String path) {}

  /// A container as the API server shows it.
  public static ContainerShape of(JsonNode container) {
    return new ContainerShape(
        container.path("name").asText(""),
        container.path("image").asText(""),
        container.path("ports").valueStream().map(p -> p.path("containerPort").asInt()).toList(),
        container.path("env").valueStream().map(e -> e.path("name").asText("")).toList(),
        container
            .path("volumeMounts")
            .valueStream()
            .map(m -> new Mount(m.path("name").asText(""), m.path("mountPath").asText("")))
            .toList());
  }

  /// The same of whatever version.
  ContainerShape untagged() {
    String repository = ImageReference.of(cut(image)).repository();
    return repository.equals(image)
        ? this
        : new ContainerShape(name, repository, ports, environment, mounts);
  }

  /// As policies see it: a bounded number of each, of bounded length.
  void into(ObjectNode container) {
    var reference = ImageReference.of(cut(image));
    container.put("name", cut(name));
    container.put("repository", reference.repository());
    container.put("image", reference.name());
    container.put("tag", reference.tag());
    var allPorts = container.putArray("ports");
    ports.stream().limit(EACH).forEach(allPorts::add);
    var names = container.putArray("environment");
    environment.stream().limit(EACH).forEach(each -> names.add(cut(each)));
    var paths = container.putArray("mounts");
    mounts.stream().limit(EACH).forEach(each -> paths.add(cut(each.path())));
  }

  private static String cut(String text) {
    return Beginning.of(text, TEXT);
  }
}
