package dev.muster.auditor.inventory;

import dev.muster.policies.ContainerShape;
import dev.muster.policies.ContainerShape.Mount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads what one container shows of an engine.
final class ContainerReader {
  private final Tokens tokens;
  private final MountedNames into;
  private String name = "";
  private String image = "";
  private final List<Integer> ports = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private final List<Mount> mounts = new ArrayList<>();
  private String mounted = "";
  private String path = "";
  private boolean readOnly;
  private boolean part;

  private ContainerReader(Tokens tokens, MountedNames into) {
    this.tokens = tokens;
    this.into = into;
  }

  /// @param mounted where the names of its volumes go
  static ContainerShape read(Tokens tokens, Pool pool, MountedNames mounted) throws IOException {
    ContainerReader reader = new ContainerReader(tokens, mounted);
    tokens.object(reader::field);
    return pool.one(
        new ContainerShape(
            reader.name, reader.image, reader.ports, reader.environment, reader.mounts));
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "name" -> name = tokens.word();
      case "image" -> image = tokens.word();
      case "ports" -> tokens.array(() -> tokens.object(this::port));
      case "env" -> tokens.array(() -> tokens.object(this::variable));
      case "volumeMounts" -> tokens.array(this::mount);
      default -> tokens.skip();
    }
  }

  private void port(String field) throws IOException {
    if (field.equals("containerPort")) {
      ports.add(tokens.number(0));
    } else {
      tokens.skip();
    }
  }

  private void variable(String field) throws IOException {
    if (field.equals("name")) {
      environment.add(tokens.word());
    } else {
      tokens.skip();
    }
  }

  private void mount() throws IOException {
    mounted = "";
    path = "";
    readOnly = false;
    part = false;
    tokens.object(this::mountField);
    mounts.add(new Mount(mounted, path));
    if (!readOnly) {
      into.written().add(mounted);
    }
    if (part) {
      into.parts().add(mounted);
    }
  }

  private void mountField(String field) throws IOException {
    switch (field) {
      case "name" -> mounted = tokens.word();
      case "mountPath" -> path = tokens.word();
      case "readOnly" -> readOnly = tokens.yes();
      case "subPath", "subPathExpr" -> part |= !tokens.text().isEmpty();
      default -> tokens.skip();
    }
  }
}
