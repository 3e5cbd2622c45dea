package dev.muster.auditor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnersTest {
  private final OneRoom shop = new OneRoom();

  @Test
  void aWorkloadBelongsToItsOperatorAndToWhatDeployedIt() throws Exception {
    put(
        Kind.STATEFUL_SET,
        "db",
        "Postgres/orders",
        """
        "annotations": {"meta.helm.sh/release-name": "web", "meta.helm.sh/release-namespace": "ops",
          "argocd.argoproj.io/tracking-id": "shop:apps/StatefulSet:shop/db"},
        "labels": {"kustomize.toolkit.fluxcd.io/name": "all"}
        """,
        "");

    assertThat(owners("StatefulSet", "db"))
        .containsExactly(
            "StatefulSet/db",
            "Postgres/orders",
            "Helm release ops/web",
            "Flux Kustomization all",
            "Argo CD application shop");
  }

  @Test
  void aPodBelongsToTheDeploymentOrCronJobBehindItsMaker() throws Exception {
    put(Kind.DEPLOYMENT, "web", "", "\"labels\": {\"argocd.argoproj.io/instance\": \"site\"}", "");
    put(Kind.CRON_JOB, "copy", "", "\"labels\": {}", "");

    assertThat(ofPod("web-5d8-x", "ReplicaSet/web-5d8"))
        .containsExactly(
            "Pod/web-5d8-x", "ReplicaSet/web-5d8", "Deployment/web", "Argo CD application site");
    assertThat(ofPod("copy-29-x", "Job/copy-29"))
        .containsExactly("Pod/copy-29-x", "Job/copy-29", "CronJob/copy");
    assertThat(ofPod("lost-1-x", "ReplicaSet/lost"))
        .containsExactly("Pod/lost-1-x", "ReplicaSet/lost");
  }

  @Test
  void ownersThatNameEachOtherEnd() throws Exception {
    put(Kind.STATEFUL_SET, "a", "StatefulSet/b", "\"labels\": {}", "");
    put(Kind.STATEFUL_SET, "b", "StatefulSet/a", "\"labels\": {}", "");

    assertThat(owners("StatefulSet", "a")).hasSizeBetween(2, 8).contains("StatefulSet/b");
  }

  private List<String> owners(String kind, String name) {
    Room room = shop.room();
    return new Owners(room).of(room.workload(kind, name).orElseThrow());
  }

  private List<String> ofPod(String pod, String owner) throws Exception {
    put(
        Kind.POD,
        pod,
        owner,
        "\"labels\": {}",
        "\"volumes\": [{\"name\": \"v\", \"persistentVolumeClaim\": {\"claimName\": \"files\"}}]");
    ClaimFacts claim = (ClaimFacts) put(Kind.CLAIM, "files", "", "\"labels\": {}", "");
    Room room = shop.room();
    return new Owners(room).of(claim, room.pod(pod));
  }

  private Facts put(Kind kind, String name, String owner, String keys, String spec)
      throws Exception {
    return shop.put(kind, name, owner, ", " + keys, spec);
  }
}
