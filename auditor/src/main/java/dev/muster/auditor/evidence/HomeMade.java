package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.model.Beginning;
import dev.muster.model.ImageReference;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a Pod that somebody wrote would copy: the words of its commands, and its images.
final class HomeMade {
  /// They ask a server, and write what it answers.
  private static final Set<String> DUMPS =
      Set.of(
          "barman",
          "etcdctl",
          "mariabackup",
          "mariadb-backup",
          "mariadb-dump",
          "mongodump",
          "mydumper",
          "mysqldump",
          "mysqlsh",
          "pg_basebackup",
          "pg_dump",
          "pg_dumpall",
          "pgbackrest",
          "wal-g",
          "xtrabackup");

  /// They read files.
  private static final Set<String> COPIES =
      Set.of(
          "autorestic",
          "borg",
          "borgmatic",
          "duplicity",
          "kopia",
          "rclone",
          "resticprofile",
          "restic",
          "rsnapshot",
          "rsync",
          "rustic",
          "velero");

  private static final Set<String> IN_IMAGES = Set.of("backup", "backups", "dump");
  private static final int TEXT = 64 << 10;

  private final JsonNode pod;
  private final List<String> words;
  private final Set<String> names = new HashSet<>();

  /// @param pod the `spec` of a Pod
  HomeMade(JsonNode pod) {
    this.pod = pod;
    this.words =
        containers()
            .flatMap(each -> Stream.of(each.path("command"), each.path("args")))
            .flatMap(JsonNode::valueStream)
            .map(text -> Beginning.of(text.asText(""), TEXT))
            .flatMap(text -> Arrays.stream(text.split("[\\s;|&()<>\"'`]+")))
            .filter(word -> !word.isEmpty())
            .toList();
    words.forEach(word -> names.add(word.substring(word.lastIndexOf('/') + 1)));
    containers().forEach(each -> names.addAll(imageWords(each.path("image").asText(""))));
  }

  private Stream<JsonNode> containers() {
    return Stream.of("containers", "initContainers").map(pod::path).flatMap(JsonNode::valueStream);
  }

  /// `postgres-backup` is `postgres-backup`, `postgres` and `backup`.
  private static Set<String> imageWords(String image) {
    String name = ImageReference.of(Beginning.of(image, 1024)).name();
    Set<String> all = new HashSet<>(List.of(name.split("[-_.]+")));
    all.add(name);
    return all;
  }

  /// @param more words that the administrator knows to back up
  boolean backsUp(Collection<String> more) {
    return names.stream()
        .anyMatch(name ->
            DUMPS.contains(name)
                || COPIES.contains(name)
                || IN_IMAGES.contains(name)
                || more.contains(name));
  }

  /// Claims that it reads: all that it mounts, or, where it asks a server, those that it cannot
  /// write to, since what it can write to is where the dump goes.
  List<String> read() {
    boolean dumps = names.stream().anyMatch(DUMPS::contains);
    return pod.path("volumes")
        .valueStream()
        .filter(volume -> !dumps || readOnly(volume))
        .map(volume -> Said.text(volume, "/persistentVolumeClaim/claimName"))
        .filter(claim -> !claim.isEmpty())
        .toList();
  }

  private boolean readOnly(JsonNode volume) {
    return volume.at("/persistentVolumeClaim/readOnly").asBoolean(false)
        || containers()
            .flatMap(each -> each.path("volumeMounts").valueStream())
            .filter(mount -> mount.path("name").equals(volume.path("name")))
            .allMatch(mount -> mount.path("readOnly").asBoolean(false));
  }

  /// The servers that it names.
  Set<ServerName> servers() {
    return ServerName.in(words, containers().flatMap(each -> each.path("env").valueStream()));
  }
}
