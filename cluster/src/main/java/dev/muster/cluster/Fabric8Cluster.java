package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The port over the fabric8 client with its okhttp transport, the one that keeps exec's stdin.
final class Fabric8Cluster implements Cluster {

  private static final String MANAGER = "muster";
  private static final int LOG_LIMIT = 64 << 10;
  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(MANAGER)
          .build();

  private final KubernetesClient client;

  Fabric8Cluster(Config config) {
    ClientIdentity identity = ClientIdentity.takenFrom(config);
    this.client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new OkHttpClientFactory())
            .withHttpClientBuilderConsumer(builder -> {
              identity.show(builder);
              builder.addOrReplaceInterceptor("retry-after", new RetryAfter());
            })
            .build();
  }

  @Override
  public String version() {
    return Answers.asking("server version", () -> client.getKubernetesVersion().getGitVersion());
  }

  @Override
  public <T extends HasMetadata> Optional<T> find(Class<T> kind, ObjectName name) {
    return Answers.asking(
        "get " + said(kind, name), () -> Optional.ofNullable(one(kind, name).get()));
  }

  @Override
  public <T extends HasMetadata> List<T> list(Class<T> kind, Query query) {
    return Answers.asking(
        "list " + kind.getSimpleName(), () -> List.copyOf(many(kind, query).list().getItems()));
  }

  @Override
  public Set<String> groupVersions() {
    return new PlainObjects(client).groupVersions();
  }

  @Override
  public <T> Optional<List<T>> listPlain(
      GroupVersionResource resource, @Nullable String namespace, ItemReading<T> reading) {
    return new PlainObjects(client).list(resource, namespace, reading);
  }

  @Override
  public <T> Optional<List<T>> listPlain(
      GroupVersionResource resource,
      @Nullable String namespace,
      BinaryForm binary,
      ItemReading<T> reading) {
    return new PlainObjects(client).list(resource, namespace, binary, reading);
  }

  @Override
  public Optional<List<ObjectMeta>> listMetadata(
      GroupVersionResource resource, Map<String, String> labels) {
    return new PlainObjects(client).metadata(resource, labels);
  }

  @Override
  public <T extends HasMetadata> T create(T object) {
    return Answers.asking("create " + said(object), () -> client.resource(object).create());
  }

  @Override
  public <T extends HasMetadata> T replace(T object) {
    return Answers.asking("replace " + said(object), () -> client.resource(object).update());
  }

  @Override
  public <T extends HasMetadata> T apply(T object) {
    return Answers.asking(
        "apply " + said(object),
        () -> client.resource(object).fieldManager(MANAGER).forceConflicts().serverSideApply());
  }

  @Override
  public <T extends HasMetadata> T patchMetadata(
      Class<T> kind, ObjectName name, MetadataPatch patch) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    if (patch.uid() != null) {
      metadata.put("uid", patch.uid());
    }
    if (patch.resourceVersion() != null) {
      metadata.put("resourceVersion", patch.resourceVersion());
    }
    if (!patch.annotations().isEmpty()) {
      metadata.put("annotations", new HashMap<>(patch.annotations()));
    }
    if (!patch.labels().isEmpty()) {
      metadata.put("labels", new HashMap<>(patch.labels()));
    }
    String json = client.getKubernetesSerialization().asJson(Map.of("metadata", metadata));
    try {
      return Answers.asking(
          "patch metadata of " + said(kind, name), () -> one(kind, name).patch(MERGE, json));
    } catch (ClusterException.Rejected e) {
      // The server calls another object's UID an invalid change of this one.
      if (patch.uid() != null && String.valueOf(e.getMessage()).contains("metadata.uid")) {
        throw new ClusterException.Conflict(said(kind, name) + " is another object now");
      }
      throw e;
    }
  }

  @Override
  public <T extends HasMetadata> void delete(Class<T> kind, ObjectName name, Deletion how) {
    var options = new DeleteOptionsBuilder().withPropagationPolicy("Background");
    if (how.uid() != null) {
      options.withPreconditions(new PreconditionsBuilder().withUid(how.uid()).build());
    }
    if (how.grace() != null) {
      options.withGracePeriodSeconds(how.grace().toSeconds());
    }
    try {
      Answers.asking(
          "delete " + said(kind, name),
          () -> client.raw(path(kind, name), "DELETE", options.build()));
    } catch (ClusterException.NotFound e) {
      // Absent is what was asked for.
    }
  }

  @Override
  public <T extends HasMetadata> Watching<T> watch(
      Class<T> kind, Query query, Duration resync, Consumer<Change<T>> consumer) {
    var informer = many(kind, query).withLimit(500L).runnableInformer(resync.toMillis());
    var watching = new Fabric8Watching<>(informer, consumer);
    informer.addEventHandler(watching);
    String about = "watch " + kind.getSimpleName();
    try {
      informer.start().toCompletableFuture().get(60, TimeUnit.SECONDS);
      return watching;
    } catch (ExecutionException e) {
      informer.close();
      throw e.getCause() instanceof KubernetesClientException cause
          ? Answers.read(about, cause)
          : new ClusterException.Unreachable(about, e);
    } catch (TimeoutException e) {
      informer.close();
      throw new ClusterException.Unreachable(about + ": no list within 60 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      informer.close();
      throw new ClusterException.Unreachable(about + ": interrupted", e);
    }
  }

  @Override
  public <T extends HasMetadata> Optional<T> await(
      Class<T> kind, ObjectName name, Predicate<Optional<T>> wanted, Duration limit) {
    return Answers.asking("wait for " + said(kind, name), () -> waited(kind, name, wanted, limit));
  }

  private <T extends HasMetadata> Optional<T> waited(
      Class<T> kind, ObjectName name, Predicate<Optional<T>> wanted, Duration limit) {
    try {
      return Optional.ofNullable(
          one(kind, name)
              .waitUntilCondition(
                  seen -> wanted.test(Optional.ofNullable(seen)),
                  limit.toMillis(),
                  TimeUnit.MILLISECONDS));
    } catch (KubernetesClientTimeoutException e) {
      return find(kind, name);
    }
  }

  @Override
  public ExecOutcome exec(ExecCall call) {
    return new Fabric8Exec(client).run(call);
  }

  @Override
  public String logs(ObjectName pod, String container, int lines) {
    return Answers.asking(
        "logs of Pod " + pod,
        () -> {
          String text =
              client
                  .pods()
                  .inNamespace(pod.namespace())
                  .withName(pod.name())
                  .inContainer(container)
                  .limitBytes(LOG_LIMIT)
                  .tailingLines(lines)
                  .getLog();
          return text == null ? "" : text;
        });
  }

  @Override
  public Optional<Caller> authenticate(String token, String audience) {
    var review =
        new TokenReviewBuilder()
            .withNewSpec()
            .withToken(token)
            .withAudiences(audience)
            .endSpec()
            .build();
    var status =
        Answers.asking("review of a token", () -> client.tokenReviews().create(review)).getStatus();
    if (status == null
        || !Boolean.TRUE.equals(status.getAuthenticated())
        || !status.getAudiences().contains(audience)) {
      return Optional.empty();
    }
    var user = status.getUser();
    return Optional.of(new Caller(user.getUsername(), user.getGroups(), user.getExtra()));
  }

  @Override
  public boolean mayDo(Caller caller, Access access) {
    var review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(caller.username())
            .withGroups(caller.groups())
            .withExtra(caller.extra())
            .withNewResourceAttributes()
            .withVerb(access.verb())
            .withGroup(access.group())
            .withResource(access.resource())
            .withNamespace(access.namespace())
            .withName(access.name())
            .endResourceAttributes()
            .endSpec()
            .build();
    var status =
        Answers.asking(
                "review of access of " + caller.username(),
                () -> client.authorization().v1().subjectAccessReview().create(review))
            .getStatus();
    return status != null && Boolean.TRUE.equals(status.getAllowed());
  }

  @Override
  public void close() {
    client.close();
  }

  private <T extends HasMetadata> Resource<T> one(Class<T> kind, ObjectName name) {
    var all = client.resources(kind);
    return name.namespace() == null
        ? all.withName(name.name())
        : all.inNamespace(name.namespace()).withName(name.name());
  }

  private <T extends HasMetadata>
      FilterWatchListDeletable<T, KubernetesResourceList<T>, Resource<T>> many(
          Class<T> kind, Query query) {
    var all = client.resources(kind);
    var scope =
        query.namespace() == null ? all.inAnyNamespace() : all.inNamespace(query.namespace());
    var labelled = scope.withLabels(query.labels());
    return query.name() == null ? labelled : labelled.withField("metadata.name", query.name());
  }

  private static String path(Class<? extends HasMetadata> kind, ObjectName name) {
    String version = HasMetadata.getApiVersion(kind);
    String root = version.contains("/") ? "/apis/" + version : "/api/" + version;
    String inside =
        Namespaced.class.isAssignableFrom(kind) ? "/namespaces/" + name.namespace() : "";
    return root + inside + "/" + HasMetadata.getPlural(kind) + "/" + name.name();
  }

  private static String said(Class<?> kind, ObjectName name) {
    return kind.getSimpleName() + " " + name;
  }

  private static String said(HasMetadata object) {
    String name = object.getMetadata().getName();
    String shown = name == null ? object.getMetadata().getGenerateName() + "*" : name;
    return object.getKind() + " " + new ObjectName(object.getMetadata().getNamespace(), shown);
  }
}
