package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(String... args) {
    return run(Map.of(), args);
  }

  private int run(Map<String, String> environment, String... args) {
    CommandLine line = MusterCommand.commandLine(environment);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup shop/db", "points", "explain shop/db"})
  void missingKubeconfigIsBadInputThatNamesTheFile(String command) {
    Path absent = folder.resolve("absent");

    int code =
        run((command + " --config - --kubeconfig " + absent).replace(" --config -", "").split(" "));

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains(absent.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"keys generate", "gitops snippet", "policy build|test FOLDER", "store probe"})
  void groupWithoutACommandIsBadInputWithAnExample(String example) {
    int code = run(example.substring(0, example.indexOf(' ')));

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("say what to do: muster " + example);
  }

  @Test
  void missingFilesOfTheVariableAreBadInputThatNamesThem() {
    String absent = folder.resolve("a") + ":" + folder.resolve("b");

    int code = run(Map.of("KUBECONFIG", absent), "audit");

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains(absent).contains("KUBECONFIG");
  }

  @Test
  void keysThatCannotBeWrittenNameTheFileAndTheReason() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    int code = run("keys", "generate", "--directory", file.resolve("keys").toString());

    assertThat(code).isEqualTo(Exit.FAILED);
    assertThat(err.toString())
        .contains(file.toString())
        .containsPattern("Exception|Not a directory");
  }

  @Test
  void unreachableClusterIsBadInputThatSaysHowToNameOne() throws Exception {
    Path kubeconfig = Files.writeString(folder.resolve("config"), KUBECONFIG);

    int code = run("explain", "shop/db", "--kubeconfig", kubeconfig.toString());

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("no cluster").contains("--kubeconfig");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "junk", "[1, 2]"})
  void aFileThatIsNoKubeconfigIsBadInputThatNamesIt(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("junk"), text);

    int code = run("explain", "shop/db", "--kubeconfig", file.toString());

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains(file + " is not a kubeconfig");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--kubeconfig", "--config"})
  void aFolderIsNoFile(String option) {
    int code = run("points", option, folder.toString());

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("cannot read").contains(folder.toString());
  }

  @Test
  void keysAreMadeInNoFolderButANamedOne() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(run("keys", "generate", "--directory", "")).isEqualTo(Exit.BAD_INPUT);
    assertThat(run("keys", "generate", "--directory", file.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("--directory is empty").contains(file + " is not a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"db", "a/b/c/d", "shop/", "/db", "shop/../db"})
  void wordsThatNameNoWorkloadAreRefused(String word) {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> WorkloadName.parse(word)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("NAMESPACE/NAME");
  }

  @Test
  void unknownOptionIsBadInput() {
    int code = run("points", "--nonsense");

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("--nonsense");
  }

  @Test
  void helpNamesEveryCommandOfPeopleAndHidesTheMover() {
    int code = run("--help");

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("backup", "points", "explain", "store", "keys", "completion");
    assertThat(out.toString()).doesNotContain("mover");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "webhook --version", "policy build --version"})
  void everyCommandHasTheVersion(String command) {
    assertThat(run(command.split(" "))).isZero();
    assertThat(out.toString()).startsWith("muster ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--health-port 70000",
        "--health-port -1",
        "--self-signed=a_b",
        "--listen 127.0.0.1",
        "--trust-out ca.pem"
      })
  void serversTellBadValuesBeforeTheyStart(String options) throws Exception {
    Path config = Files.writeString(folder.resolve("muster.yaml"), "cluster: { name: c }\n");

    int code = run(("webhook --config " + config + " " + options).split(" "));

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains(options.split("[ =]")[0]);
  }

  @Test
  void helpOfCompletionNamesTheCommandThatExists() {
    run("completion", "--help");

    assertThat(out.toString()).contains("muster completion").doesNotContain("generate-completion");
  }

  @Test
  void completionIsAScript() {
    int code = run("completion");

    assertThat(code).isZero();
    assertThat(out.toString()).contains("complete -F");
  }

  @Test
  void generatedKeysAreReadableByTheirOwnerOnlyAndNeverReplaced() throws Exception {
    int first = run("keys", "generate", "--directory", folder.toString());
    String identity = Files.readString(folder.resolve("identity.txt"));

    int second = run("keys", "generate", "--directory", folder.toString());

    assertThat(first).isZero();
    assertThat(identity).contains("AGE-SECRET-KEY-1");
    assertThat(out.toString()).contains("age1").contains("public-keys").doesNotContain("SECRET");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("signing.pem"))))
        .isEqualTo("rw-------");
    assertThat(second).isEqualTo(Exit.BAD_INPUT);
    assertThat(Files.readString(folder.resolve("identity.txt"))).isEqualTo(identity);
  }

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
      contexts: [{name: c, context: {cluster: c, user: u}}]
      users: [{name: u, user: {token: t}}]
      current-context: c
      """;
}
