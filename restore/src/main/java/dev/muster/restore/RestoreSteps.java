package dev.muster.restore;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfile.Scope;
import dev.muster.config.EngineProfiles;
import dev.muster.model.StreamName;
import dev.muster.repository.Manifest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// The clients that restore the streams of one point, server-wide streams first.
public final class RestoreSteps {
  private static final String CLIENT = "client-";

  private final EngineProfile profile;
  private final Manifest manifest;

  public RestoreSteps(EngineProfile profile, Manifest manifest) {
    this.profile = profile;
    this.manifest = manifest;
  }

  /// @throws UnfitException when the manifest names no single profile of ours
  public static EngineProfile profile(EngineProfiles profiles, Manifest manifest) {
    Set<String> names = new TreeSet<>();
    manifest.streams().forEach(stream -> names.add(stream.profile()));
    if (names.size() != 1) {
      throw new UnfitException(
          "point " + manifest.identity().point() + " names the engine profiles " + names);
    }
    String name = names.iterator().next();
    return profiles
        .find(name)
        .orElseThrow(() ->
            new UnfitException(
                "no engine profile \"%s\": add it to profiles-dir; known are %s"
                    .formatted(name, profiles.names())));
  }

  static String client(Manifest.Stream stream) {
    return CLIENT + stream.name();
  }

  /// Every stream, as for an empty server.
  public List<Step> all(Function<Manifest.Stream, String> target) {
    return steps(stream -> true, target);
  }

  /// Only data: a server that lives keeps its own roles.
  public List<Step> data(Function<Manifest.Stream, String> target) {
    return steps(this::holdsData, target);
  }

  /// All streams, in the order in which [#all] restores them.
  public List<Manifest.Stream> allStreams() {
    return streams(stream -> true);
  }

  /// The streams that [#data] restores, in its order.
  public List<Manifest.Stream> dataStreams() {
    return streams(this::holdsData);
  }

  private boolean holdsData(Manifest.Stream stream) {
    return definition(stream).scope() == Scope.DATABASE || !profile.byDatabase();
  }

  private List<Step> steps(
      Predicate<Manifest.Stream> wanted, Function<Manifest.Stream, String> target) {
    return streams(wanted).stream()
        .map(stream ->
            new Step(
                client(stream),
                definition(stream).restore(),
                Map.of("MUSTER_STREAM", stream.name(), "MUSTER_TARGET", target.apply(stream))))
        .toList();
  }

  private List<Manifest.Stream> streams(Predicate<Manifest.Stream> wanted) {
    return manifest.streams().stream()
        .filter(wanted)
        .sorted(Comparator.comparing(stream -> definition(stream).scope()))
        .toList();
  }

  private EngineProfile.Stream definition(Manifest.Stream stream) {
    return profile
        .streamOf(new StreamName(stream.name()))
        .orElseThrow(() ->
            new UnfitException(
                "profile \"%s\" does not know the stream %s"
                    .formatted(profile.name(), stream.name())));
  }
}
