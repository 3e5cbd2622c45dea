import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The objects of a cluster with as many volumes as wanted, as a store of the API server holds them:
/// a hundred volumes to a namespace, StatefulSets of three, their Pods and volumes, and what other
/// tools left. Always the same for the same volume.
final class Fleet {
  static final int IN_NAMESPACE = 100;
  private static final int REPLICAS = 3;
  private static final List<Engine> ENGINES =
      List.of(
          new Engine("postgres", 5432, "POSTGRES_PASSWORD", "/var/lib/postgresql/data"),
          new Engine("mariadb", 3306, "MARIADB_ROOT_PASSWORD", "/var/lib/mysql"),
          new Engine("mysql", 3306, "MYSQL_ROOT_PASSWORD", "/var/lib/mysql"),
          new Engine("redis", 6379, "REDIS_PASSWORD", "/data"),
          new Engine("mongo", 27017, "MONGO_INITDB_ROOT_PASSWORD", "/data/db"),
          new Engine("elasticsearch", 9200, "ES_JAVA_OPTS", "/usr/share/elasticsearch/data"),
          new Engine("rabbitmq", 5672, "RABBITMQ_DEFAULT_PASS", "/var/lib/rabbitmq"),
          new Engine("nginx", 8080, "LOG_LEVEL", "/usr/share/nginx/html"),
          new Engine("acme-files", 9000, "ACME_TOKEN", "/srv/files"));
  private static final List<String> SIDECARS =
      List.of("", "prom/postgres-exporter", "envoyproxy/envoy", "fluent/fluent-bit", "acme/agent");

  private final Instant now;

  private record Engine(String image, int port, String variable, String path) {}

  Fleet(Instant now) {
    this.now = now;
  }

  static String namespace(int room) {
    return "team-%05d".formatted(room);
  }

  /// One namespace with its content, by the keys of the store.
  Map<String, String> room(int room) {
    Map<String, String> objects = new LinkedHashMap<>();
    String namespace = namespace(room);
    String annotations = room % 4 == 0 ? "\"muster.dev/protect\":\"true\"" : "\"team\":\"t\"";
    objects.put(
        "namespaces/" + namespace,
        """
        {"apiVersion":"v1","kind":"Namespace","metadata":{%s,"annotations":{%s},
        "labels":{"kubernetes.io/metadata.name":"%s"}},"spec":{"finalizers":["kubernetes"]},
        "status":{"phase":"Active"}}
        """
            .formatted(identity("", namespace), annotations, namespace));
    for (int set = 0; set * REPLICAS < IN_NAMESPACE; set++) {
      set(objects, namespace, room * 40 + set, Math.min(REPLICAS, IN_NAMESPACE - set * REPLICAS));
    }
    return objects;
  }

  private void set(Map<String, String> objects, String namespace, int number, int replicas) {
    String name = "db-" + number;
    Engine engine = ENGINES.get(number % ENGINES.size());
    String pod = podSpec(engine, number);
    // What uses the claims is now and then nothing, so that some are nobody's.
    boolean forgotten = number % 23 == 0;
    if (!forgotten) {
      objects.put(
          "statefulsets/" + namespace + "/" + name, statefulSet(namespace, name, number, replicas, pod));
    }
    for (int ordinal = 0; ordinal < replicas; ordinal++) {
      String claim = "data-" + name + "-" + ordinal;
      String uid = uid(namespace + "/" + claim);
      objects.put(
          "persistentvolumeclaims/" + namespace + "/" + claim, claim(namespace, claim, uid, name, number));
      objects.put("persistentvolumes/pvc-" + uid, volume(namespace, claim, uid));
      if (!forgotten) {
        objects.put(
            "pods/" + namespace + "/" + name + "-" + ordinal,
            pod(namespace, name, ordinal, claim, pod));
      }
      if ((number + ordinal) % 5 < 2) {
        objects.put(
            "velero.io/podvolumebackups/velero/" + namespace + "-" + claim,
            upload(namespace, name + "-" + ordinal, claim, uid, number));
      }
    }
    if (number % 7 == 0) {
      objects.put(
          "k8up.io/snapshots/" + namespace + "/" + name, snapshot(namespace, name, number));
    }
  }

  private String statefulSet(String namespace, String name, int number, int replicas, String pod) {
    String contract =
        switch (number / 9 % 9) {
          case 0 -> "\"muster.dev/plan\":\"standard\",";
          case 1 -> "\"muster.dev/rpo\":\"" + (1 + number % 70) + "h\",";
          case 2 -> waiver(number % 401 - 40);
          case 3 -> "\"muster.dev/exclude-volumes\":\"cache\",";
          default -> "";
        };
    return """
        {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{%s,%s
        "annotations":{%s"meta.helm.sh/release-name":"%s","meta.helm.sh/release-namespace":"%s"},
        "labels":{"app.kubernetes.io/instance":"%s","app.kubernetes.io/managed-by":"Helm"}},
        "spec":{"replicas":%d,"serviceName":"%s","podManagementPolicy":"OrderedReady",
        "revisionHistoryLimit":10,"updateStrategy":{"type":"RollingUpdate"},
        "selector":{"matchLabels":{"app.kubernetes.io/instance":"%s"}},
        "template":{"metadata":{"labels":{"app.kubernetes.io/instance":"%s"}},"spec":{%s,
        "restartPolicy":"Always","dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler",
        "terminationGracePeriodSeconds":30}},
        "volumeClaimTemplates":[{"apiVersion":"v1","kind":"PersistentVolumeClaim",
        "metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"volumeMode":"Filesystem",
        "resources":{"requests":{"storage":"20Gi"}}},"status":{"phase":"Pending"}}]},
        "status":{"replicas":%d,"readyReplicas":%d,"currentReplicas":%d,"observedGeneration":1,
        "currentRevision":"%s-7d9f8b6c5","updateRevision":"%s-7d9f8b6c5","collisionCount":0}}
        """
        .formatted(
            identity(namespace, name), managed("helm"), contract, name, namespace, name, replicas,
            name, name, name, pod, replicas, replicas, replicas, name, name);
  }

  private String waiver(int days) {
    return "\"muster.dev/protect\":\"false\",\"muster.dev/waiver-owner\":\"ops\","
        + "\"muster.dev/waiver-reason\":\"scratch\",\"muster.dev/waiver-until\":\""
        + LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(days)
        + "\",";
  }

  /// Without its braces.
  private static String podSpec(Engine engine, int number) {
    String sidecar = SIDECARS.get(number / 9 % SIDECARS.size());
    String second =
        sidecar.isEmpty()
            ? ""
            : """
            ,{"name":"sidecar","image":"docker.io/%s:v1.%d","imagePullPolicy":"IfNotPresent",
            "ports":[{"containerPort":9187,"protocol":"TCP"}],"terminationMessagePolicy":"File",
            "terminationMessagePath":"/dev/termination-log","resources":{}}
            """
                .formatted(sidecar, number / 45 % 3);
    return """
        "containers":[{"name":"%s","image":"registry.example/library/%s:%d.%d",
        "imagePullPolicy":"IfNotPresent","ports":[{"name":"main","containerPort":%d,"protocol":"TCP"}],
        "env":[{"name":"%s","valueFrom":{"secretKeyRef":{"name":"secret","key":"password"}}},
        {"name":"POD_NAME","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}},
        {"name":"TZ","value":"UTC"}],
        "resources":{"limits":{"memory":"2Gi"},"requests":{"cpu":"100m","memory":"1Gi"}},
        "livenessProbe":{"tcpSocket":{"port":"main"},"initialDelaySeconds":30,"timeoutSeconds":5,
        "periodSeconds":10,"successThreshold":1,"failureThreshold":6},
        "readinessProbe":{"exec":{"command":["sh","-c","exec ready -h 127.0.0.1 -p %d"]},
        "initialDelaySeconds":5,"timeoutSeconds":5,"periodSeconds":10,"successThreshold":1,
        "failureThreshold":6},"securityContext":{"runAsUser":1001,"allowPrivilegeEscalation":false},
        "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
        "volumeMounts":[{"name":"data","mountPath":"%s"},{"name":"tmp","mountPath":"/tmp"}]}%s],
        "securityContext":{"fsGroup":1001,"runAsNonRoot":true}
        """
        .strip()
        .formatted(
            engine.image(), engine.image(), 10 + number / 9 % 60, number % 4, engine.port(),
            engine.variable(), engine.port(), engine.path(), second);
  }

  private String pod(String namespace, String set, int ordinal, String claim, String spec) {
    String name = set + "-" + ordinal;
    String ready =
        List.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")
            .stream()
            .map(type ->
                """
                {"type":"%s","status":"True","lastProbeTime":null,"lastTransitionTime":"%s"}
                """
                    .formatted(type, stamp(0)).strip())
            .reduce((one, two) -> one + "," + two)
            .orElseThrow();
    return """
        {"apiVersion":"v1","kind":"Pod","metadata":{%s,"generateName":"%s-",%s
        "labels":{"app.kubernetes.io/instance":"%s","apps.kubernetes.io/pod-index":"%d",
        "controller-revision-hash":"%s-7d9f8b6c5","statefulset.kubernetes.io/pod-name":"%s"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"%s","uid":"%s",
        "controller":true,"blockOwnerDeletion":true}]},
        "spec":{%s,"nodeName":"node-%d","hostname":"%s","subdomain":"%s","restartPolicy":"Always",
        "serviceAccountName":"default","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst",
        "schedulerName":"default-scheduler","enableServiceLinks":true,"priority":0,
        "preemptionPolicy":"PreemptLowerPriority",
        "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists",
        "effect":"NoExecute","tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable",
        "operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],
        "volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"%s"}},
        {"name":"tmp","emptyDir":{}},{"name":"kube-api-access-x7k2p","projected":{"defaultMode":420,
        "sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
        {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}}]}}]},
        "status":{"phase":"Running","qosClass":"Burstable","startTime":"%s","hostIP":"10.0.0.7",
        "podIP":"10.1.2.3","podIPs":[{"ip":"10.1.2.3"}],"conditions":[%s],
        "containerStatuses":[{"name":"main","ready":true,"started":true,"restartCount":0,
        "image":"registry.example/library/db:1","imageID":"registry.example/library/db@sha256:%s",
        "containerID":"containerd://%s","state":{"running":{"startedAt":"%s"}},"lastState":{}}]}}
        """
        .formatted(
            identity(namespace, name), set, managed("kube-controller-manager"), set, ordinal, set,
            name, set, uid(namespace + "/" + set), spec, ordinal, name, set, claim, stamp(0), ready,
            digest(name), digest(claim), stamp(0));
  }

  private String claim(String namespace, String name, String uid, String set, int number) {
    String own =
        number % 31 == 0
            ? "\"k8up.io/backup\":\"false\","
            : number % 7 == 3 ? waiver(name.hashCode() % 600) : "";
    return """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"namespace":"%s","name":"%s",
        "uid":"%s","creationTimestamp":"%s",%s
        "annotations":{%s"pv.kubernetes.io/bind-completed":"yes",
        "pv.kubernetes.io/bound-by-controller":"yes",
        "volume.beta.kubernetes.io/storage-provisioner":"ebs.csi.aws.com",
        "volume.kubernetes.io/storage-provisioner":"ebs.csi.aws.com"},
        "labels":{"app.kubernetes.io/instance":"%s"},"finalizers":["kubernetes.io/pvc-protection"]},
        "spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"20Gi"}},
        "storageClassName":"gp3","volumeMode":"Filesystem","volumeName":"pvc-%s"},
        "status":{"phase":"Bound","accessModes":["ReadWriteOnce"],"capacity":{"storage":"20Gi"}}}
        """
        .formatted(
            namespace, name, uid, stamp(90 * 24), managed("kube-controller-manager"), own, set, uid);
  }

  private String volume(String namespace, String claim, String uid) {
    return """
        {"apiVersion":"v1","kind":"PersistentVolume","metadata":{%s,%s
        "annotations":{"pv.kubernetes.io/provisioned-by":"ebs.csi.aws.com",
        "volume.kubernetes.io/provisioner-deletion-secret-name":"",
        "volume.kubernetes.io/provisioner-deletion-secret-namespace":""},
        "finalizers":["kubernetes.io/pv-protection","external-attacher/ebs-csi-aws-com"]},
        "spec":{"accessModes":["ReadWriteOnce"],"capacity":{"storage":"20Gi"},
        "claimRef":{"apiVersion":"v1","kind":"PersistentVolumeClaim","namespace":"%s","name":"%s",
        "uid":"%s","resourceVersion":"1234"},
        "csi":{"driver":"ebs.csi.aws.com","fsType":"ext4","volumeHandle":"vol-%s",
        "volumeAttributes":{"storage.kubernetes.io/csiProvisionerIdentity":"1-2-ebs.csi.aws.com"}},
        "nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[
        {"key":"topology.kubernetes.io/zone","operator":"In","values":["eu-central-1a"]}]}]}},
        "persistentVolumeReclaimPolicy":"Delete","storageClassName":"gp3","volumeMode":"Filesystem"},
        "status":{"phase":"Bound","lastPhaseTransitionTime":"%s"}}
        """
        .formatted(
            identity("", "pvc-" + uid), managed("csi-provisioner"), namespace, claim, uid,
            digest(uid).substring(0, 17), stamp(90 * 24));
  }

  private String upload(String namespace, String pod, String claim, String uid, int number) {
    return """
        {"apiVersion":"velero.io/v1","kind":"PodVolumeBackup","metadata":{%s,%s
        "labels":{"velero.io/backup-name":"nightly","velero.io/pvc-uid":"%s"}},
        "spec":{"backupStorageLocation":"default","node":"node-1","uploaderType":"kopia",
        "pod":{"kind":"Pod","namespace":"%s","name":"%s","uid":"%s"},"volume":"data",
        "repoIdentifier":"","tags":{"backup":"nightly","pvc-uid":"%s"}},
        "status":{"phase":"%s","startTimestamp":"%s","completionTimestamp":"%s",
        "message":"%s","snapshotID":"%s","progress":{"bytesDone":1024,"totalBytes":1024}}}
        """
        .formatted(
            identity("velero", namespace + "-" + claim), managed("velero-server"), uid, namespace,
            pod, uid(pod), uid, number % 17 == 0 ? "Failed" : "Completed", stamp(1 + number % 60),
            stamp(number % 60), number % 17 == 0 ? "the repository is locked" : "",
            digest(claim).substring(0, 32));
  }

  private String snapshot(String namespace, String set, int number) {
    return """
        {"apiVersion":"k8up.io/v1","kind":"Snapshot","metadata":{%s,%s"labels":{}},
        "spec":{"id":"%s","date":"%s","paths":["/data/data-%s-0"],"repository":"s3:store/bucket"}}
        """
        .formatted(
            identity(namespace, set), managed("k8up"), digest(set), stamp(number % 50), set);
  }

  /// Other tools' objects that are there once.
  Map<String, String> once() {
    return Map.of(
        "velero.io/backups/velero/nightly",
        """
        {"apiVersion":"velero.io/v1","kind":"Backup","metadata":{%s},
        "spec":{"includedNamespaces":["*"]},"status":{"phase":"Completed"}}
        """
            .formatted(identity("velero", "nightly")),
        "velero.io/schedules/velero/nightly",
        """
        {"apiVersion":"velero.io/v1","kind":"Schedule","metadata":{%s},
        "spec":{"schedule":"0 2 * * *","template":{"defaultVolumesToFsBackup":true,
        "excludedNamespaces":["team-00001","team-00003"]}},"status":{"phase":"Enabled"}}
        """
            .formatted(identity("velero", "nightly")));
  }

  private String identity(String namespace, String name) {
    String in = namespace.isEmpty() ? "" : "\"namespace\":\"" + namespace + "\",";
    return in
        + "\"name\":\"%s\",\"uid\":\"%s\",\"generation\":1,\"creationTimestamp\":\"%s\""
            .formatted(name, uid(namespace + "/" + name), stamp(90 * 24));
  }

  /// About as much as a real object carries.
  private String managed(String by) {
    return """
        "managedFields":[{"manager":"%s","operation":"Update","apiVersion":"v1","time":"%s",
        "fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:annotations":{".":{},"f:a":{},"f:b":{}},
        "f:labels":{".":{},"f:app.kubernetes.io/instance":{}},"f:ownerReferences":{".":{},
        "k:{\\"uid\\":\\"00000000-0000-0000-0000-000000000000\\"}":{}}},"f:spec":{"f:accessModes":{},
        "f:resources":{"f:requests":{".":{},"f:storage":{}}},"f:volumeMode":{},"f:replicas":{}}}},
        {"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"%s","fieldsType":"FieldsV1",
        "fieldsV1":{"f:status":{"f:conditions":{"k:{\\"type\\":\\"Ready\\"}":{".":{},"f:status":{},
        "f:type":{}}},"f:phase":{},"f:startTime":{}}},"subresource":"status"}],
        """
        .formatted(by, stamp(90 * 24), stamp(1));
  }

  private String stamp(int hoursAgo) {
    return now.minus(Duration.ofHours(hoursAgo)).minusSeconds(60).toString().substring(0, 19) + "Z";
  }

  private static String uid(String of) {
    return UUID.nameUUIDFromBytes(of.getBytes()).toString();
  }

  private static String digest(String of) {
    String half = uid(of).replace("-", "");
    return half + uid(half).replace("-", "");
  }
}
