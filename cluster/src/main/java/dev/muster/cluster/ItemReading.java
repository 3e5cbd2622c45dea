package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/// Reads one object out of a list that is not held as a whole.
@FunctionalInterface
public interface ItemReading<T> {

  /// What is kept of the object.
  ///
  /// @param at at the object's first token; left at its last
  /// @throws IllegalArgumentException for an object of another shape; ends the list
  T read(JsonParser at) throws IOException;
}
