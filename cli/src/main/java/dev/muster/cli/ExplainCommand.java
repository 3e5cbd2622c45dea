package dev.muster.cli;

import dev.muster.model.ContractReading;
import dev.muster.model.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what holds for one workload and who said it.
@Command(
    name = "explain",
    description = "What holds for a workload, and where each value comes from.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NS/NAME", description = "The workload, as in shop/db.")
  private String workload = "";

  ExplainCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = new Session(options, environment)) {
      HasMetadata object = WorkloadName.parse(workload).in(session.cluster());
      ContractReading reading = new ContractCheck(session).read(object);
      print(object, reading);
      return reading.valid() ? Exit.OK : Exit.FAILED;
    }
  }

  private void print(HasMetadata object, ContractReading reading) {
    PrintWriter out = spec.commandLine().getOut();
    List<ExplainedKey> keys = ExplainedKey.all(reading);
    if (options.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("workload", ContractCheck.ref(object).toString());
      document.put("workloadKey", ContractCheck.ref(object).key().value());
      document.put("keys", keys);
      document.put("problems", reading.problems());
      Printed.json(out, document);
      return;
    }
    out.println(ContractCheck.ref(object));
    Table table = new Table("KEY", "VALUE", "FROM");
    keys.forEach(key -> table.row(key.key(), key.value(), key.from()));
    table.print(out);
    for (Problem problem : reading.problems()) {
      out.println("problem: " + problem.text());
    }
    out.flush();
  }
}
