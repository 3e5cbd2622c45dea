package dev.muster.auditor.evidence;

import dev.muster.auditor.inventory.Metadata;
import dev.muster.model.Beginning;
import dev.muster.model.VolumeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A database that a provider runs outside of the cluster, as the object of an operator tells it.
///
/// @param kind with its group, since several operators call theirs alike:
///   `DBInstance.rds.services.k8s.aws`
/// @param metadata of the object
/// @param engine as Muster's profiles call it, else as the provider does; empty where nothing says
/// @param size as a quantity; absent where nothing says
/// @param phase the provider's or the operator's word for how it is, or empty
/// @param backups whether the provider is told to make some; absent where nothing says
/// @param points that the provider says it has
public record OutsideDatabase(
    String kind,
    Metadata metadata,
    String engine,
    @Nullable String size,
    String phase,
    State state,
    @Nullable Boolean backups,
    List<ForeignPoint> points) {
  private static final int WORD = 100;

  public OutsideDatabase {
    engine = Beginning.of(engine, WORD);
    phase = Beginning.of(phase, WORD);
    points = List.copyOf(points);
  }

  /// How it is.
  public enum State {
    /// As far as is known.
    PRESENT,
    FAILED,
    /// It, or its object, is being deleted.
    LEAVING
  }

  /// Whether a volume of a report is one: only their kinds are told with a group.
  public static boolean is(String volume) {
    return volume.contains(".");
  }

  /// What it is in a report.
  public VolumeRef ref() {
    return new VolumeRef(kind, metadata.namespace(), metadata.name(), "");
  }

  /// The same with other metadata, for what travels.
  public OutsideDatabase with(Metadata other) {
    return new OutsideDatabase(kind, other, engine, size, phase, state, backups, points);
  }
}
