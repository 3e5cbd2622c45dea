package dev.muster.policies.rego;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.policies.PolicyBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Muster's Rego together with a folder of the user's own: packages below `custom`, each of which
/// may answer `set`, `warn` and `deny` as `docs/reference/admission-policy.md` says. JSON and YAML
/// files of the folder are data below `data.custom`.
///
/// Works in a folder of its own, which [#close()] removes.
public final class RegoBuild implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CUSTOM = "data.custom.";

  private final Opa opa;
  private final Path folder;
  private final Path work;

  private RegoBuild(Opa opa, Path folder, Path work) {
    this.opa = opa;
    this.folder = folder;
    this.work = work;
  }

  /// @throws RegoException where the folder holds no Rego, or other packages than `custom`
  public static RegoBuild of(Opa opa, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new RegoException(folder + " is no folder of Rego");
    }
    RegoBuild build = new RegoBuild(opa, folder, work());
    try {
      PackedRego.write(build.work);
      build.checkPackages();
      return build;
    } catch (RuntimeException e) {
      build.close();
      throw e;
    }
  }

  private static Path work() {
    try {
      return Files.createTempDirectory("muster-policy-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder to build in", e);
    }
  }

  private void checkPackages() {
    Opa.Said said = opa.run(List.of("inspect", "--format", "json", folder.toString()));
    if (!said.well()) {
      throw new RegoException(said.text().strip());
    }
    List<String> packages = packages(said.text());
    if (packages.isEmpty()) {
      throw new RegoException("no Rego in " + folder);
    }
    for (String each : packages) {
      if (!each.startsWith(CUSTOM)) {
        throw new RegoException(
            "package %s in %s: packages of your own are named custom.NAME"
                .formatted(each.replace("data.", ""), folder));
      }
    }
  }

  private static List<String> packages(String inspected) {
    try {
      JsonNode namespaces = JSON.readTree(inspected).path("namespaces");
      return namespaces.properties().stream()
          .filter(each -> each.getValue().valueStream().anyMatch(f -> f.asText().endsWith(".rego")))
          .map(each -> each.getKey())
          .toList();
    } catch (JsonProcessingException e) {
      throw new RegoException("opa inspect printed no JSON: " + inspected.strip(), e);
    }
  }

  /// @throws RegoException with what `opa` says about Rego that does not compile
  public PolicyBundle compile() {
    check();
    Path bundle = work.resolve("bundle.tar.gz");
    said(
        run(
            "build --target wasm --ignore *_test.rego"
                + " --entrypoint muster/admission --entrypoint muster/audit"
                + " --entrypoint muster/engine --entrypoint muster/controls",
            "--output",
            bundle.toString()));
    Path out = work.resolve("out");
    try {
      Files.createDirectories(out);
      said(Opa.run("tar", "-xzf", bundle.toString(), "-C", out.toString()));
      return new PolicyBundle(
          Files.readAllBytes(out.resolve("policy.wasm")),
          Files.readAllBytes(out.resolve("data.json")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack what opa built", e);
    }
  }

  /// Runs the tests of the folder, `test_*` in `*_test.rego`.
  public TestReport test() {
    check();
    return TestReport.of(run("test --verbose"));
  }

  private void check() {
    said(run("check --strict"));
  }

  private static void said(Opa.Said said) {
    if (!said.well()) {
      throw new RegoException(said.text().strip());
    }
  }

  /// Both trees, with nothing but the builtins that a policy has. A path after a colon: its data
  /// lies below that name.
  private Opa.Said run(String verb, String... more) {
    List<String> arguments = new ArrayList<>(List.of(verb.split(" ")));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--capabilities", work.resolve("capabilities.json").toString()));
    arguments.addAll(List.of("muster:" + work.resolve("muster"), "custom:" + folder));
    return opa.run(arguments);
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(work)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + work, e);
    }
  }
}
