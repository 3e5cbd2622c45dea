package dev.muster.torture;

import dev.muster.repository.BackupStore;
import dev.muster.repository.ObjectHead;
import dev.muster.repository.StoredPart;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/// A store whose word on digests is not heard.
final class BlindStore {

  private BlindStore() {}

  static BackupStore of(BackupStore store) {
    return (BackupStore)
        Proxy.newProxyInstance(
            BackupStore.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (_, method, arguments) -> {
              try {
                if (method.getName().equals("completeUpload")) {
                  // The server wants the digests that it was promised.
                  String key = (String) arguments[0];
                  String upload = (String) arguments[1];
                  return store.completeUpload(key, upload, store.listParts(key, upload));
                }
                return blind(method.invoke(store, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Object blind(Object answer) {
    return switch (answer) {
      case Optional<?> found when found.isPresent() && found.get() instanceof ObjectHead head ->
          Optional.of(
              new ObjectHead(head.size(), Optional.empty(), head.etag(), head.lastModified()));
      case List<?> list -> list.stream().map(BlindStore::part).toList();
      case null -> null;
      default -> answer;
    };
  }

  private static Object part(Object each) {
    return each instanceof StoredPart part
        ? new StoredPart(part.number(), part.bytes(), part.etag(), Optional.empty())
        : each;
  }
}
