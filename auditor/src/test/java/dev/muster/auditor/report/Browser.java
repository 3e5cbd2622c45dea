package dev.muster.auditor.report;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A real Chromium of the system, that shows pages without a window.
final class Browser implements AutoCloseable {
  private static final File PROGRAM = program("/usr/bin/chromium");
  private static final File DRIVER = program("/usr/bin/chromedriver");

  private final Path folder;
  private final ChromeDriver driver;

  private Browser(Path folder) {
    this.folder = folder;
    this.driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options());
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
  }

  static Browser start() {
    try {
      return new Browser(Files.createTempDirectory("muster-report-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ChromeOptions options() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(PROGRAM);
    // Chromium runs as root only without its sandbox; the pages are our own.
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--window-size=1280,900");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    logs.enable(LogType.PERFORMANCE, java.util.logging.Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }

  private static File program(String path) {
    if (!new File(path).canExecute()) {
      throw new IllegalStateException("there is no " + path + ": run dev/prepare");
    }
    return new File(path);
  }

  /// @param fragment of the address, after `#`
  void open(Audit audit, String fragment) {
    try {
      Path page = Files.write(folder.resolve("report.html"), HtmlReport.render(audit));
      driver.get("about:blank");
      messages();
      driver.get(page.toUri() + (fragment.isEmpty() ? "" : "#" + fragment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reload() {
    driver.navigate().refresh();
  }

  void size(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void scheme(String scheme) {
    media("", scheme);
  }

  void media(String media, String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  Object command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  /// The value of an expression.
  Object ask(String expression) {
    return Objects.requireNonNullElse(driver.executeScript("return " + expression), "null");
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  String text(String selector) {
    return find(selector).getText();
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  String fragment() {
    return String.valueOf(ask("location.hash.slice(1)"));
  }

  /// What axe finds against WCAG 2.2 A and AA.
  String violations() {
    driver.executeScript(axe());
    return String.valueOf(
        driver.executeAsyncScript(
            """
            const done = arguments[0];
            const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
            axe.run({ runOnly: { type: "tag", values: tags } }).then(
              (found) => done(found.violations.map((violation) =>
                violation.id + ": " + violation.nodes.map((node) =>
                  node.target + " " + node.failureSummary).join("; ")).join("\\n")),
              (broken) => done(String(broken)));
            """));
  }

  private static String axe() {
    try (InputStream script =
        Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the console said since the page was opened; policy violations are among it.
  List<String> messages() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /// The addresses that were asked for since they were last told.
  List<String> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> Schemas.tree(entry.getMessage().getBytes(StandardCharsets.UTF_8)))
        .filter(entry -> entry.at("/message/method").asText().equals("Network.requestWillBeSent"))
        .map(entry -> entry.at("/message/params/request/url").asText())
        .toList();
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  byte[] pdf() {
    Map<String, Object> printed =
        driver.executeCdpCommand("Page.printToPDF", Map.of("printBackground", true));
    return java.util.Base64.getDecoder().decode(String.valueOf(printed.get("data")));
  }

  @Override
  public void close() {
    driver.quit();
    try {
      Files.deleteIfExists(folder.resolve("report.html"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
