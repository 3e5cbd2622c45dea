package dev.muster.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The reader in Python (`dev/reader`), which shares nothing with Muster but the written format:
/// one process that judges many repositories. Not for several threads.
public final class SecondReader implements AutoCloseable {

  private final Process process;
  private final Writer asked;
  private final BufferedReader answered;

  private SecondReader(Process process) {
    this.process = process;
    this.asked = process.outputWriter(StandardCharsets.UTF_8);
    this.answered = process.inputReader(StandardCharsets.UTF_8);
  }

  public static SecondReader start() {
    Path root = Path.of(System.getProperty("muster.root", ".."));
    ProcessBuilder builder = new ProcessBuilder(root + "/dev/reader/muster-reader", "judge");
    Path age = Path.of(Tools.path("age")).getParent();
    builder.environment().merge("PATH", "", (path, _) -> age + ":" + path);
    try {
      return new SecondReader(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the second reader", e);
    }
  }

  /// One line of JSON in, one out: see `judge.py`.
  public String judge(String line) {
    try {
      asked.write(line + "\n");
      asked.flush();
      String answer = answered.readLine();
      if (answer == null) {
        throw new IOException("it ended");
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("the second reader does not answer", e);
    }
  }

  @Override
  public void close() {
    try {
      asked.close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
