package dev.muster.auditor.reportobject;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the two kinds of report objects have in common, which is everything that Muster writes.
@JsonDeserialize(using = JsonDeserializer.None.class) // not the client's, which goes by kind
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.NONE,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonPropertyOrder({"apiVersion", "kind", "metadata", "scope", "summary", "results"})
abstract class ReportObject implements HasMetadata, Namespaced {
  private static final long serialVersionUID = 1L;

  static final String NAME = "muster-coverage";

  /// By which Muster finds its own again.
  static final Map<String, String> LABELS = Map.of("app.kubernetes.io/managed-by", "muster");

  private static final String DIGEST = "muster.dev/content-digest";

  @JsonProperty private String apiVersion = HasMetadata.getApiVersion(getClass());
  @JsonProperty private String kind = HasMetadata.getKind(getClass());
  @JsonProperty private ObjectMeta metadata = new ObjectMeta();
  @JsonProperty private transient @Nullable Reference scope;
  @JsonProperty private transient @Nullable Summary summary;
  @JsonProperty private transient @Nullable List<Result> results;

  final void say(String namespace, Content content) {
    metadata =
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(NAME)
            .withLabels(LABELS)
            .addToAnnotations(DIGEST, content.digest())
            .build();
    scope = Reference.namespace(namespace);
    summary = content.summary();
    results = content.results();
  }

  /// What an object says of its content; empty where it says nothing.
  static String digest(ObjectMeta of) {
    Map<String, String> said = of.getAnnotations();
    return said == null ? "" : said.getOrDefault(DIGEST, "");
  }

  @Nullable Reference scope() {
    return scope;
  }

  @Nullable Summary summary() {
    return summary;
  }

  List<Result> results() {
    return results == null ? List.of() : results;
  }

  @Override
  public ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public void setMetadata(ObjectMeta metadata) {
    this.metadata = metadata;
  }

  @Override
  public String getKind() {
    return kind;
  }

  @Override
  public String getApiVersion() {
    return apiVersion;
  }

  @Override
  public void setApiVersion(String apiVersion) {
    this.apiVersion = apiVersion;
  }
}
