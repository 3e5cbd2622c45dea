package dev.muster.cluster;

import java.time.InstantSource;

class FakeClusterTest extends ClusterContract {

  private final FakeCluster cluster = new FakeCluster(InstantSource.system());

  @Override
  protected Cluster cluster() {
    return cluster;
  }
}
