package dev.muster.auditor.coverage;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells a database outside of the cluster by what a Service of type ExternalName says of it.
final class DatabaseAddress {
  private static final Set<Integer> PORTS =
      Set.of(1433, 1521, 3306, 5432, 5984, 6379, 7687, 8123, 9042, 9200, 26257, 27017, 50000);

  /// Hosts of managed databases, by their providers' documentation.
  private static final List<String> HOSTS =
      List.of(
          ".rds.amazonaws.com",
          ".docdb.amazonaws.com",
          ".neptune.amazonaws.com",
          ".cache.amazonaws.com",
          ".redshift.amazonaws.com",
          ".es.amazonaws.com",
          ".database.azure.com",
          ".database.windows.net",
          ".documents.azure.com",
          ".redis.cache.windows.net",
          ".sql.goog",
          ".mongodb.net",
          ".aivencloud.com",
          ".db.ondigitalocean.com");

  private DatabaseAddress() {}

  static boolean likely(String host, List<Integer> ports) {
    String name = host.toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return ports.stream().anyMatch(PORTS::contains) || HOSTS.stream().anyMatch(plain::endsWith);
  }
}
