package dev.muster.drill;

import java.util.List;

/// The drills that have an outcome. Both methods block on the store and throw
/// [dev.muster.repository.StoreException] when it cannot be asked.
public interface DrillRecords {

  /// All of this cluster, oldest first.
  List<DrillStatement> all();

  /// Signs it and chains it to the one before. After an exception it may be there or not.
  void append(DrillStatement statement);
}
