package dev.muster.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.model.WorkloadKey;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists recovery points from the store, each by its checked manifest.
@Command(
    name = "points",
    description = "Recovery points, as their signed manifests state them.",
    mixinStandardHelpOptions = true)
final class PointsCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private StoreOptions place = new StoreOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "NS/NAME",
      description = "Only this workload; default: all of the cluster.")
  private @Nullable String workload;

  PointsCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = new Session(options, place, environment)) {
      List<ListedPoint> points = new PointList(session).points(key(session));
      if (output.json()) {
        printJson(points);
      } else {
        printTable(points);
      }
      return points.stream().allMatch(ListedPoint::trusted) ? Exit.OK : Exit.FAILED;
    }
  }

  /// Without the object, a workload that is gone can still be listed by its name and kind.
  private Optional<WorkloadKey> key(Session session) {
    if (workload == null) {
      return Optional.empty();
    }
    WorkloadName name = WorkloadName.parse(workload);
    return Optional.of(name.key(session));
  }

  private void printTable(List<ListedPoint> points) {
    PrintWriter out = spec.commandLine().getOut();
    Table table =
        new Table("POINT", "WORKLOAD", "SLOT", "STORED", "CONSISTENCY", "STREAMS", "STATE");
    for (ListedPoint point : points) {
      table.row(
          point.point(),
          point.workload(),
          point.slot(),
          Bytes.text(point.storedBytes()),
          point.consistency(),
          String.join(",", point.streams()),
          point.state());
    }
    table.print(out);
    if (points.isEmpty()) {
      out.println("no recovery point");
    }
  }

  private void printJson(List<ListedPoint> points) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    points.forEach(point -> all.addPOJO(point));
    Printed.json(spec.commandLine().getOut(), all);
  }
}
