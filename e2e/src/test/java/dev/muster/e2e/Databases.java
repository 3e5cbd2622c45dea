package dev.muster.e2e;

/// Manifests of the databases that the tests protect.
final class Databases {

  private Databases() {}

  /// A StatefulSet `db` with one PostgreSQL, annotated as given; `user` 0 means the image's
  /// default.
  ///
  /// It is asked by a program until it has started, and by its port from then on: a program every
  /// second takes a thirtieth of a core for each Pod.
  static String postgres(int user, String annotations) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: db}
    stringData: {password: canary-secret-of-the-test}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: db}
    spec:
      clusterIP: None
      selector: {app: db}
      ports: [{port: 5432}]
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
      annotations: %s
    spec:
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          terminationGracePeriodSeconds: 5
    %s
          containers:
            - name: postgres
              image: muster.test/postgres:15
              imagePullPolicy: Never
    %s
              ports: [{containerPort: 5432}]
              env:
                - {name: POSTGRES_DB, value: app}
                - {name: PGDATA, value: /var/lib/postgresql/data/pgdata}
                - name: POSTGRES_PASSWORD
                  valueFrom: {secretKeyRef: {name: db, key: password}}
              startupProbe:
                exec: {command: [pg_isready, -U, postgres, -h, 127.0.0.1]}
                periodSeconds: 1
                timeoutSeconds: 10
                failureThreshold: 240
              readinessProbe:
                tcpSocket: {port: 5432}
                periodSeconds: 1
              volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]
      volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 256Mi}}
    """
        .formatted(
            annotations,
            indent(user == 0 ? "" : podSecurity(user), 6),
            indent(user == 0 ? "" : CONTAINER_SECURITY, 10));
  }

  /// A StatefulSet `db` that only listens, to be dumped by one of the tests' own profiles.
  static String listener(String profile) {
    return """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
      annotations: {muster.dev/protect: "true", muster.dev/plan: standard, muster.dev/engine: %s}
    spec:
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: engine
              image: muster.test/busybox:dev
              imagePullPolicy: Never
              command: [sh, -c, "while :; do nc -l -p 5432 < /dev/null; done"]
              ports: [{containerPort: 5432}]
              volumeMounts: [{name: data, mountPath: /data}]
      volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 16Mi}}
    """
        .formatted(profile);
  }

  private static final String CONTAINER_SECURITY =
      """
      securityContext:
        allowPrivilegeEscalation: false
        capabilities: {drop: [ALL]}
      """;

  private static String podSecurity(int user) {
    return """
    securityContext:
      runAsNonRoot: true
      runAsUser: %1$d
      runAsGroup: %1$d
      fsGroup: %1$d
      seccompProfile: {type: RuntimeDefault}
    """
        .formatted(user);
  }

  private static String indent(String text, int columns) {
    return text.indent(columns).stripTrailing();
  }
}
