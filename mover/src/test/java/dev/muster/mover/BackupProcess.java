package dev.muster.mover;

/// `mover backup` as a process of its own, for tests that kill it.
final class BackupProcess {

  private BackupProcess() {}

  public static void main(String[] args) throws InterruptedException {
    System.exit(Backup.run(System.getenv()));
  }
}
