package dev.muster.config;

import dev.muster.config.Configuration.CertificateMode;
import dev.muster.config.Configuration.Level;
import dev.muster.config.Configuration.NetworkPolicies;
import dev.muster.model.Consistency;
import dev.muster.model.Cron;
import dev.muster.model.DrillSelect;
import dev.muster.model.Method;
import dev.muster.model.Retention;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Every default of `muster.yaml`.
final class Defaults {
  static final String CLUSTER_NAME = "cluster";
  static final String CLUSTER_ID = "";
  static final String NAMESPACE = "muster";
  static final String IMAGE = "muster";
  static final String PLAN = "standard";

  static final Method METHOD = Method.AUTO;
  static final Cron SCHEDULE = new Cron("H 2 * * *");
  static final ZoneId TIME_ZONE = ZoneOffset.UTC;
  static final Duration RPO = Duration.ofHours(24);
  static final Duration RTO = Duration.ofHours(1);
  static final Retention RETENTION = new Retention(0, 7, 4, 12, 0);
  static final Cron DRILL = new Cron("H 4 * * 0");
  static final DrillSelect DRILL_SELECT = DrillSelect.LATEST;
  static final Consistency CONSISTENCY = Consistency.APPLICATION;

  static final String REGION = "us-east-1";
  static final boolean PATH_STYLE = true;

  static final int DRILL_PARALLEL = 1;
  static final NetworkPolicies NETWORK_POLICIES = NetworkPolicies.CREATE;
  static final boolean HEALING = true;
  static final boolean BACKUPS = true;
  static final Level LEVEL = Level.WARN;
  static final int WAIVER_DAYS = 90;

  static final ControlParameters CONTROLS =
      new ControlParameters(
          Duration.ofDays(1),
          Duration.ofDays(35),
          Duration.ofDays(35),
          Duration.ofDays(1),
          Optional.empty(),
          Duration.ofDays(30));

  static final String RESTORE_LABEL = "velero.io/restore-name";
  static final List<String> OPERATOR_KINDS = List.of("*");
  static final boolean VELERO_HOOKS = false;

  static final Duration RUN_DEADLINE = Duration.ofHours(6);
  static final int RUN_PARALLEL = 4;
  static final int RUN_ATTEMPTS = 3;

  static final String K8UP_ANNOTATION = "k8up.io/backup";
  static final boolean K8UP_ONLY_ANNOTATED = false;
  static final String ZALANDO_CLUSTER_LABEL = "cluster-name";

  static final boolean REPORT_OBJECTS = true;
  static final Cron REPORT_SCHEDULE = new Cron("H 5 * * *");
  static final boolean WORKLOAD_METRICS = true;

  static final CertificateMode CERTIFICATE_MODE = CertificateMode.SELF_MANAGED;
  static final String SERVING_SECRET = "muster-serving";

  private Defaults() {}
}
