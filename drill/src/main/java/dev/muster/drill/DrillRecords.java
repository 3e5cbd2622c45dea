package dev.muster.drill;

import java.util.List;

/// The drills that have an outcome. Both methods block on the store and throw
/// [dev.muster.repository.StoreException] when it cannot be asked.
interface DrillRecords {

  /// All of this cluster that can be believed, oldest first.
  List<DrillResult> all();

  /// Signs it and chains it to the one before. After an exception it may be there or not.
  void append(DrillReport report);
}
