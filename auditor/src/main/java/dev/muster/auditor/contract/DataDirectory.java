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

  /// Those at a directory, else above one, else within one: what is mounted beside or within the
  /// directory itself is something else, such as an archive.
  private static Set<String> volumes(List<Mount> mounts, List<String> directories) {
    List<Mount> at = fitting(mounts, directories, String::equals);
    if (!at.isEmpty()) {
      return innermost(at);
    }
    List<Mount> above = fitting(mounts, directories, (mount, data) -> data.startsWith(mount));
    return above.isEmpty()
        ? names(fitting(mounts, directories, String::startsWith).stream())
        : innermost(above);
  }

  private static List<Mount> fitting(
      List<Mount> mounts, List<String> directories, BiPredicate<String, String> fits) {
    return mounts.stream()
        .filter(
            mount -> directories.stream().anyMatch(data -> fits.test(slashed(mount.path()), data)))
        .toList();
  }

  /// Without those that another is mounted within.
  private static Set<String> innermost(List<Mount> mounts) {
    return names(
        mounts.stream()
            .filter(
                outer -> mounts.stream().noneMatch(inner -> within(inner.path(), outer.path()))));
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
