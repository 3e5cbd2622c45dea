package dev.muster.torture;

import dev.muster.repository.BackupStore;
import dev.muster.testkit.CuttingProxy;
import java.io.IOException;
import java.util.Random;
import java.util.random.RandomGenerator;

/// A way to the store on which connections are cut: one for each worker, so that its cuts are those
/// of its case.
final class StoreLine implements AutoCloseable {

  private static final int REACH = 60_000;

  private final CuttingProxy proxy;
  private final BackupStore store;
  private volatile RandomGenerator random = new Random(0);

  StoreLine(World world) throws IOException {
    this.proxy = CuttingProxy.start(world.port(), () -> random.nextLong(), REACH, 0);
    this.store = world.site().store(proxy.port());
  }

  BackupStore store() {
    return store;
  }

  /// The next connections are cut where this case's dice say.
  void cut(RandomGenerator dice, int connections) {
    random = new Random(dice.nextLong());
    proxy.cutAgain(connections);
  }

  void heal() {
    proxy.cutAgain(0);
  }

  @Override
  public void close() throws IOException {
    store.close();
    proxy.close();
  }
}
