package dev.muster.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.config.EngineProfile.Drill;
import dev.muster.config.EngineProfile.Probe;
import dev.muster.config.EngineProfile.Relation;
import dev.muster.config.EngineProfile.Scope;
import dev.muster.config.EngineProfile.Scripts;
import dev.muster.config.EngineProfile.Stream;
import dev.muster.config.Hook.Claim;
import dev.muster.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads engine profiles: the built-in ones from the class path, then those of a folder. A file
/// holds how an engine is dumped, its hook, or both; what it holds replaces that of the built-in
/// file of the same name, and what it leaves out stays.
public final class EngineProfilesReader {
  private static final List<String> BUILT_IN =
      List.of("postgresql", "mariadb", "mysql", "redis", "etcd", "mongodb");

  private EngineProfilesReader() {}

  /// Throws [InvalidConfigurationException] for a profile that cannot be used.
  public static EngineProfiles read(Optional<Path> folder) {
    List<ProfileFile> files = new ArrayList<>();
    for (String name : BUILT_IN) {
      files.add(read("profiles/" + name + ".yaml", builtIn(name)));
    }
    folder.ifPresent(path -> readFolder(path, files));
    Map<String, EngineProfile> profiles = new TreeMap<>();
    Map<String, Hook> hooks = new TreeMap<>();
    for (ProfileFile file : files) {
      file.profile().ifPresent(profile -> profiles.put(file.name(), profile));
      file.hook().ifPresent(hook -> hooks.put(file.name(), hook));
    }
    return new EngineProfiles(profiles, new HookTable(hooks));
  }

  /// What one file says about its engine.
  record ProfileFile(String name, Optional<EngineProfile> profile, Optional<Hook> hook) {}

  private static void readFolder(Path folder, List<ProfileFile> profiles) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.yaml")) {
      for (Path file : files) {
        profiles.add(read(file.toString(), TextFile.read(file, TextFile.MEBIBYTE)));
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      Problem problem =
          new Problem(
              "profiles-dir",
              folder.toString(),
              "no such folder on this machine",
              "a folder of engine profiles; without the key there are the built-in ones");
      throw new InvalidConfigurationException("muster.yaml", List.of(problem));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read engine profiles in " + folder, e);
    }
  }

  private static String builtIn(String name) {
    String resource = "/profiles/" + name + ".yaml";
    try (InputStream in = EngineProfilesReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "the engine profile " + resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  /// Reads the text of one file; its name is for messages.
  static ProfileFile read(String file, String yaml) {
    List<Problem> problems = new ArrayList<>();
    try {
      Node root = new Node("", Yaml.tree(yaml), problems);
      ProfileFile profile = profileFile(root, yaml);
      root.finish();
      if (problems.isEmpty()) {
        return profile;
      }
    } catch (IOException e) {
      problems.add(new Problem("(file)", "", "not YAML: " + Yaml.reason(e), "YAML"));
    }
    throw new InvalidConfigurationException(file, problems);
  }

  private static ProfileFile profileFile(Node root, String yaml) {
    Optional<Hook> hook = hook(root.child("hook"));
    String name = root.required("name", "the name of the profile");
    List<String> testedWith = root.texts("tested-with");
    return hook.isPresent() && root.empty("streams")
        ? new ProfileFile(name, Optional.empty(), hook)
        : new ProfileFile(name, Optional.of(profile(name, root, testedWith, yaml)), hook);
  }

  private static EngineProfile profile(
      String name, Node root, List<String> testedWith, String yaml) {
    String prelude = root.text("prelude", "");
    String rule = versionRule(root.child("versions"));
    List<Stream> streams =
        root.list("streams").stream().map(node -> stream(node, prelude, rule)).toList();
    if (streams.isEmpty()) {
      root.problem("streams", "", "missing", "at least one stream");
    }
    return new EngineProfile(
        name,
        root.number("port", 0, 1, 65535),
        streams,
        scripts(root.child("scripts"), prelude, byDatabase(streams)),
        drill(root.child("drill")),
        testedWith,
        digest(yaml));
  }

  private static String versionRule(Node node) {
    if (node.absent()) {
      return "";
    }
    return VersionRule.script(
        node.required("client", "a script that prints the version of the program that dumps"),
        node.required("server", "a script that prints the version of the server"),
        node.number("numbers", 2, 1, 3));
  }

  private static Stream stream(Node node, String prelude, String rule) {
    Node probe = node.child("probe");
    return new Stream(
        node.required("name", "globals, or a name with {database} in it"),
        node.word("scope", Scope.DATABASE),
        script(node, "dump", prelude + rule),
        probe.empty("script")
            ? Optional.empty()
            : Optional.of(
                new Probe(probe.word("relation", Relation.NONE), script(probe, "script", prelude))),
        node.text("magic", ""),
        node.text("trailer", ""),
        script(node, "restore", prelude));
  }

  private static boolean byDatabase(List<Stream> streams) {
    return streams.isEmpty()
        || streams.stream().anyMatch(stream -> stream.scope() == Scope.DATABASE);
  }

  private static Scripts scripts(Node node, String prelude, boolean byDatabase) {
    return new Scripts(
        script(node, "ready", prelude),
        script(node, "check", prelude),
        script(node, "probe", prelude),
        byDatabase ? script(node, "databases", prelude) : "",
        byDatabase ? script(node, "swap", prelude) : "",
        byDatabase ? script(node, "table", prelude) : "");
  }

  private static Drill drill(Node node) {
    return new Drill(
        node.textMap("environment"),
        node.texts("arguments"),
        node.required("data-dir", "the folder of the engine's data"),
        node.required("database", "the database that exists in an empty server"));
  }

  /// Hooks have a prelude of their own: they run where the server is, and are read by people.
  private static Optional<Hook> hook(Node node) {
    if (node.absent()) {
      return Optional.empty();
    }
    String prelude = node.text("prelude", "");
    String name = node.required("name", "the word for muster.dev/hooks");
    if (Set.of("off", "profile").contains(name)) {
      node.problem("name", name, "means something else in muster.dev/hooks", "another word");
    }
    return Optional.of(
        new Hook(
            name,
            node.word("claim", Claim.CRASH),
            node.texts("except-images"),
            script(node, "pre", prelude),
            node.empty("post") ? Optional.empty() : Optional.of(script(node, "post", prelude))));
  }

  private static String script(Node node, String name, String prelude) {
    return prelude + node.required(name, "a script for sh");
  }

  private static String digest(String yaml) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
