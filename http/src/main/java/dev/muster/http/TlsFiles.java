package dev.muster.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads `tls.crt` and `tls.key` of a folder, as a mounted Secret shows them.
public record TlsFiles(Path folder) implements TlsSource {
  @Override
  public Optional<TlsIdentity> current() throws IOException {
    // The kubelet swaps `..data` at once: through it both files are of one version.
    var data = folder.resolve("..data");
    var version = Files.exists(data) ? data.toRealPath() : folder;
    var certificates = version.resolve("tls.crt");
    var key = version.resolve("tls.key");
    if (!Files.exists(certificates) || !Files.exists(key)) {
      return Optional.empty();
    }
    return Optional.of(new TlsIdentity(Files.readString(certificates), Files.readString(key)));
  }
}
