package dev.muster.auditor.contract;

import dev.muster.policies.ContainerShape;
import dev.muster.policies.ContainerShape.Mount;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where an engine keeps its data.
final class DataDirectory {

  /// What people mount within it that is no data of it.
  private static final Set<String> ASIDE =
      Set.of("archive", "backup", "backups", "conf", "config", "log", "logs");

  private DataDirectory() {}

  /// The volumes that hold it.
  ///
  /// @param container the engine's
  /// @param directories where its images keep data
  static Set<String> volumes(
      String container, List<String> directories, List<ContainerShape> containers) {
    List<Mount> mounts =
        containers.stream()
            .filter(each -> each.name().equals(container))
            .flatMap(each -> each.mounts().stream())
            .toList();
    return mounts.isEmpty()
        ? Set.of()
        : volumes(mounts, directories.stream().map(DataDirectory::slashed).toList());
  }

  /// Those at a directory and within it, such as one for its log of writes; else those above one,
  /// else within one. What is mounted beside it is something else, such as an archive.
  private static Set<String> volumes(List<Mount> mounts, List<String> directories) {
    List<Mount> at = fitting(mounts, directories, String::equals);
    if (!at.isEmpty()) {
      List<Mount> chosen = innermost(at);
      return names(
          mounts.stream()
              .filter(mount ->
                  chosen.contains(mount) || chosen.stream().anyMatch(c -> part(mount, c))));
    }
    List<Mount> above = fitting(mounts, directories, (mount, data) -> data.startsWith(mount));
    return names(
        (above.isEmpty() ? fitting(mounts, directories, String::startsWith) : innermost(above))
            .stream());
  }

  private static boolean part(Mount mount, Mount of) {
    String path = mount.path().replaceFirst("/+$", "");
    return within(path, of.path()) && !ASIDE.contains(path.substring(path.lastIndexOf('/') + 1));
  }

  private static List<Mount> fitting(
      List<Mount> mounts, List<String> directories, BiPredicate<String, String> fits) {
    return mounts.stream()
        .filter(
            mount -> directories.stream().anyMatch(data -> fits.test(slashed(mount.path()), data)))
        .toList();
  }

  /// Without those that another is mounted within.
  private static List<Mount> innermost(List<Mount> mounts) {
    return mounts.stream()
        .filter(outer -> mounts.stream().noneMatch(inner -> within(inner.path(), outer.path())))
        .toList();
  }

  private static boolean within(String inner, String outer) {
    return slashed(inner).length() > slashed(outer).length()
        && slashed(inner).startsWith(slashed(outer));
  }

  private static Set<String> names(Stream<Mount> mounts) {
    return mounts.map(Mount::volume).collect(Collectors.toUnmodifiableSet());
  }

  private static String slashed(String path) {
    return path.endsWith("/") ? path : path + "/";
  }
}
