package dev.muster.torture;

import dev.muster.repository.AgeIdentity;
import dev.muster.repository.SigningKey;
import dev.muster.testkit.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What all cases share: a real object store, one site, the second reader.
final class World implements AutoCloseable {

  private final ObjectStore server;
  private final Site site;
  private final Judge judge;
  private final PrintStream out = System.out;

  World(Path folder) throws IOException {
    this.server = ObjectStore.startPlain(Files.createDirectories(folder.resolve("server")));
    AgeIdentity identity = AgeIdentity.generate();
    SigningKey signing = SigningKey.generate();
    this.site = new Site(folder, RunHost.start(), identity, signing);
    Path keys = Files.writeString(folder.resolve("identity.txt"), identity.file());
    this.judge = new Judge(server.file(""), keys, signing.publicKey().toBase64());
    // Movers print their last words.
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
  }

  Site site() {
    return site;
  }

  Judge judge() {
    return judge;
  }

  int port() {
    return server.endpoint().getPort();
  }

  @Override
  public void close() {
    System.setOut(out);
    judge.close();
    site.host().close();
    server.close();
  }
}
