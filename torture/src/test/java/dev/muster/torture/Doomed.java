package dev.muster.torture;

import dev.muster.repository.BackupStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A process that makes one backup and is killed (SIGKILL) around one of its calls to the store.
/// Arguments: a folder with keys, the store's port, the cluster's id, the number of the call,
/// before or after it. Ends with 0 where it has fewer calls.
final class Doomed {

  private Doomed() {}

  public static void main(String[] args) throws Exception {
    try (RunHost host = RunHost.start()) {
      Site site = Site.read(Path.of(args[0]), host);
      BackupStore store =
          mortal(
              site.store(Integer.parseInt(args[1])),
              Integer.parseInt(args[3]),
              args[4].equals("before"));
      Backups.End end = new Backups(site, store, Optional.empty()).run(args[2], 1, KillIT.fate());
      if (!end.sealed()) {
        throw new IllegalStateException("an undisturbed backup fails");
      }
    }
    System.exit(0);
  }

  private static BackupStore mortal(BackupStore store, int call, boolean before) {
    AtomicInteger left = new AtomicInteger(call);
    return (BackupStore)
        Proxy.newProxyInstance(
            BackupStore.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (_, method, arguments) -> {
              boolean last = left.decrementAndGet() == 0;
              if (last && before) {
                die();
              }
              try {
                Object answer = method.invoke(store, arguments);
                if (last) {
                  die();
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void die() throws IOException {
    String self = Long.toString(ProcessHandle.current().pid());
    var unused = new ProcessBuilder("kill", "-9", self).start();
    while (true) {
      LockSupport.park();
    }
  }
}
