package dev.muster.auditor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.evidence.OutsideDatabase.State;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.model.VolumeRef;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Databases outside of the cluster, by the objects of those that run them there.
class DatabasesTest {
  private static final String RDS = "DBInstance.rds.services.k8s.aws";
  private final EvidenceBed bed = new EvidenceBed();
  private Findings found = Findings.none();

  @Test
  void anInstanceOfRdsIsRestorableToTheTimeThatItsStatusSays() {
    found = bed.read("ack-rds-0.1.yaml");

    OutsideDatabase orders = the(RDS, "shop", "orders");
    assertThat(orders.engine()).isEqualTo("postgresql");
    assertThat(orders.size()).isEqualTo("20Gi");
    assertThat(orders.phase()).isEqualTo("available");
    assertThat(orders.backups()).isTrue();
    assertThat(orders.metadata().created()).isEqualTo("2026-10-01T00:00:00Z");
    assertThat(orders.points())
        .containsExactly(
            new ForeignPoint(
                "AWS RDS", "DBInstance/orders", Instant.parse("2026-11-03T23:55:00Z")));
    OutsideDatabase cache = the(RDS, "shop", "cache");
    assertThat(cache.state()).isEqualTo(State.FAILED);
    assertThat(cache.backups()).isFalse();
    assertThat(found.all().toList().toString()).doesNotContain("orders-root", "amazonaws");
  }

  @Test
  void snapshotsOfRdsCountForTheDatabaseThatTheyAreOf() {
    found = bed.read("ack-rds-1.4.yaml");

    assertThat(cuts("DBCluster.rds.services.k8s.aws", "bank", "ledger"))
        .containsExactly("2026-11-01T00:01:00Z", "2026-11-03T23:56:00Z");
    assertThat(the(RDS, "shop", "orders").engine()).isEqualTo("sqlserver");
    assertThat(cuts(RDS, "shop", "orders"))
        .as("of the time of its data; neither one under way nor one of another instance")
        .containsExactly("2026-11-03T01:02:00Z");
  }

  @Test
  void whatIsPartOfAnotherIsNoDatabaseOfItsOwn() {
    found = bed.read("ack-rds-1.4.yaml");

    assertThat(found.databases("bank"))
        .extracting(each -> each.metadata().name())
        .containsExactly("ledger");
    assertThat(found.databases("shop"))
        .extracting(each -> each.metadata().name())
        .containsExactly("orders", "leaving");
  }

  @Test
  void whatAProviderKeepsByItselfGoesWithTheDatabase() {
    found = bed.read("ack-rds-1.4.yaml");

    OutsideDatabase leaving = the(RDS, "shop", "leaving");
    assertThat(leaving.state()).isEqualTo(State.LEAVING);
    assertThat(leaving.points()).isEmpty();
  }

  @Test
  void configConnectorTellsOnlyWhatIsAskedFor() {
    String kind = "SQLInstance.sql.cnrm.cloud.google.com";
    found = bed.read("config-connector-1.60.yaml");
    OutsideDatabase orders = the(kind, "shop", "orders");
    assertThat(orders.engine()).isEqualTo("postgresql");
    assertThat(orders.size()).isEqualTo("50G");
    assertThat(orders.phase()).isEqualTo("UpToDate");
    assertThat(orders.backups()).isTrue();
    assertThat(orders.points()).isEmpty();

    found = new EvidenceBed().read("config-connector-1.130.yaml");
    assertThat(the(kind, "shop", "orders").backups()).isFalse();
    assertThat(the(kind, "shop", "silent").backups()).isNull();
    assertThat(found.databases("shop")).as("without the replica").hasSize(2);
  }

  @Test
  void azureTellsSinceWhenItCanRestore() {
    found = bed.read("azure-service-operator-2.0.yaml");

    String postgresql = "FlexibleServer.dbforpostgresql.azure.com";
    assertThat(the(postgresql, "shop", "orders").size()).isEqualTo("128Gi");
    assertThat(cuts(postgresql, "shop", "orders")).containsExactly("2026-10-27T23:00:00.123456Z");
    OutsideDatabase mysql = the("FlexibleServer.dbformysql.azure.com", "shop", "orders");
    assertThat(mysql.engine()).isEqualTo("mysql");
    assertThat(mysql.state()).isEqualTo(State.FAILED);
    OutsideDatabase ledger = the("ServersDatabase.sql.azure.com", "bank", "ledger");
    assertThat(ledger.size()).isEqualTo("34359738368");
    assertThat(ledger.points()).hasSize(1);
  }

  @Test
  void aBackupOfAzureIsNoYoungerThanWhenItWasAskedForOrDone() {
    found = bed.read("azure-service-operator-2.17.yaml");

    assertThat(cuts("FlexibleServer.dbforpostgresql.azure.com", "shop", "orders"))
        .containsExactly("2026-10-20T00:09:00Z", "2026-11-02T00:00:00Z");
    assertThat(the("FlexibleServer.dbformysql.azure.com", "shop", "silent").backups()).isNull();
    assertThat(the("ServersDatabase.sql.azure.com", "bank", "ledger").state())
        .isEqualTo(State.FAILED);
  }

  @Test
  void crossplanesResourcesOfTheClusterAreInNoNamespace() {
    found = bed.read("crossplane-1.0.yaml");

    assertThat(found.databaseNamespaces()).containsExactly("");
    assertThat(cuts("Instance.rds.aws.upbound.io", "", "orders"))
        .containsExactly("2026-11-03T23:55:00Z");
    assertThat(the("Instance.rds.aws.upbound.io", "", "orders").metadata().controller())
        .extracting(owner -> owner.kind())
        .isEqualTo("XDatabase");
    assertThat(found.database(ref("Instance.rds.aws.upbound.io", "", "orders-replica"))).isEmpty();
    OutsideDatabase ledger = the("Cluster.rds.aws.upbound.io", "", "ledger");
    assertThat(ledger.phase()).isEqualTo("Available");
    assertThat(cuts("Cluster.rds.aws.upbound.io", "", "ledger"))
        .as("none that Crossplane did not ask for")
        .containsExactly("2026-11-01T00:00:02Z");
    assertThat(cuts("DBInstance.rds.aws.crossplane.io", "", "community"))
        .containsExactly("2026-11-03T23:50:00Z");
    OutsideDatabase google = the("DatabaseInstance.sql.gcp.upbound.io", "", "orders");
    assertThat(google.backups()).isTrue();
    assertThat(google.size()).isEqualTo("10G");
    assertThat(the("Server.dbforpostgresql.azure.upbound.io", "", "orders").size())
        .isEqualTo("32768Mi");
    OutsideDatabase mysql = the("FlexibleServer.dbformysql.azure.upbound.io", "", "orders");
    assertThat(mysql.size()).isEqualTo("20Gi");
    assertThat(mysql.backups()).isNull();
  }

  @Test
  void crossplanesResourcesOfNamespacesAreInThem() {
    found = bed.read("crossplane-2.0.yaml");

    assertThat(found.databaseNamespaces()).containsExactly("shop");
    assertThat(cuts("Instance.rds.aws.m.upbound.io", "shop", "orders"))
        .containsExactly("2026-11-01T00:00:02Z", "2026-11-03T23:55:00Z");
    assertThat(the("DatabaseInstance.sql.gcp.m.upbound.io", "shop", "orders").backups()).isFalse();
    OutsideDatabase azure =
        the("FlexibleServer.dbforpostgresql.azure.m.upbound.io", "shop", "orders");
    assertThat(azure.size()).as("what is there before what is asked for").isEqualTo("65536Mi");
    assertThat(azure.points()).hasSize(1);
    assertThat(the("FlexibleServer.dbformysql.azure.m.upbound.io", "shop", "orders").backups())
        .isTrue();
  }

  @Test
  void oneIdentifierInTwoRegionsIsTwoDatabases() throws IOException {
    bed.serve(
        List.of(
            instance("prod", "eu-central-1", "\"identifier\":\"orders\""),
            instance("dev", "us-east-1", "\"identifier\":\"orders\""),
            snapshotOfOrders()));
    found = bed.found();

    assertThat(cuts("Instance.rds.aws.upbound.io", "", "prod")).isEmpty();
    assertThat(cuts("Instance.rds.aws.upbound.io", "", "dev"))
        .containsExactly("2026-11-03T01:00:00Z");
  }

  @Test
  void aSnapshotOfAFormerDatabaseIsNoneOfOneMadeAnew() throws IOException {
    JsonNode anew = instance("anew", "us-east-1", "\"identifier\":\"orders\"");
    ((ObjectNode) anew.path("metadata"))
        .putObject("annotations")
        .put("crossplane.io/external-create-pending", "2026-11-03T18:00:00Z");
    bed.serve(List.of(anew, snapshotOfOrders()));
    found = bed.found();

    assertThat(cuts("Instance.rds.aws.upbound.io", "", "anew")).isEmpty();
  }

  @Test
  void thoseThatNameEachOtherAsSourceAreAllListed() throws IOException {
    bed.serve(
        List.of(
            instance("a", "eu-central-1", "\"identifier\":\"a\",\"replicateSourceDb\":\"b\""),
            instance("b", "eu-central-1", "\"identifier\":\"b\",\"replicateSourceDb\":\"a\"")));
    found = bed.found();

    assertThat(found.databases(""))
        .extracting(each -> each.metadata().name())
        .containsExactlyInAnyOrder("a", "b");
  }

  private static JsonNode snapshotOfOrders() throws IOException {
    return EvidenceBed.JSON.readTree(
        """
        {"apiVersion":"rds.aws.upbound.io/v1beta1","kind":"Snapshot","metadata":{"name":"s",
        "annotations":{"crossplane.io/external-create-pending":"2026-11-03T01:00:00Z"}},
        "spec":{"providerConfigRef":{"name":"aws"},
        "forProvider":{"region":"us-east-1","dbInstanceIdentifier":"orders"}},
        "status":{"atProvider":{"status":"available","dbInstanceIdentifier":"orders"}}}
        """);
  }

  private static JsonNode instance(String name, String region, String status) throws IOException {
    return EvidenceBed.JSON.readTree(
        """
        {"apiVersion":"rds.aws.upbound.io/v1beta1","kind":"Instance","metadata":{"name":"%s"},
        "spec":{"providerConfigRef":{"name":"aws"},"forProvider":{"region":"%s"}},
        "status":{"atProvider":{"status":"available",%s}}}
        """
            .formatted(name, region, status));
  }

  @Test
  void aResourceIsListedInOneOfTheVersionsThatAreServed() {
    List<JsonNode> objects =
        EvidenceBed.documents("crossplane-1.0.yaml").stream()
            .filter(each -> each.path("kind").asText().equals("Instance"))
            .toList();
    List<GroupVersionResource> asked = new ArrayList<>();
    bed.cluster.plainGate(resource -> {
      if (resource.plural().equals("instances")) {
        asked.add(resource);
      }
    });
    for (String version : List.of("v1beta1", "v1beta2")) {
      bed.cluster.plain(
          new GroupVersionResource("rds.aws.upbound.io", version, "instances"), objects);
    }

    found = bed.found();

    assertThat(asked).extracting(GroupVersionResource::version).containsExactly("v1beta2");
    assertThat(found.databases("")).hasSize(1);
  }

  @Test
  void whatMayNotBeReadHidesDatabasesAndNothingOfClaims() {
    bed.serve(EvidenceBed.documents("ack-rds-1.4.yaml"));
    bed.cluster.plainGate(resource -> {
      if (resource.plural().equals("dbsnapshots")) {
        throw new ClusterException.Forbidden("list " + resource + ": forbidden");
      }
    });

    found = bed.found();

    assertThat(found.gaps()).singleElement().asString().contains("dbsnapshots", "grant list");
    assertThat(found.hidesPoints()).isFalse();
    assertThat(found.hidesPointsOfDatabases()).isTrue();
  }

  private OutsideDatabase the(String kind, String namespace, String name) {
    return found.database(ref(kind, namespace, name)).orElseThrow();
  }

  private List<String> cuts(String kind, String namespace, String name) {
    return the(kind, namespace, name).points().stream()
        .map(point -> point.cut().toString())
        .sorted()
        .toList();
  }

  private static VolumeRef ref(String kind, String namespace, String name) {
    return new VolumeRef(kind, namespace, name, "");
  }
}
