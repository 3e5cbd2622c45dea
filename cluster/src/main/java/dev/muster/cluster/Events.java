package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people what happened to an object, where `kubectl describe` shows it. Best effort: a
/// failure is logged and never thrown, since an Event decides nothing.
public final class Events {

  private static final Logger log = LoggerFactory.getLogger(Events.class);
  private static final int MESSAGE_LIMIT = 1024;

  /// The API server wants all six digits.
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Cluster cluster;
  private final InstantSource clock;
  private final String component;

  public Events(Cluster cluster, InstantSource clock, String component) {
    this.cluster = cluster;
    this.clock = clock;
    this.component = component;
  }

  /// `Normal` is news, `Warning` asks for somebody's attention.
  public enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String word;

    Type(String word) {
      this.word = word;
    }
  }

  /// The same words about the same object, with the same annotations, are counted in one Event.
  public void tell(
      HasMetadata about, Type type, String reason, String message, Map<String, String> more) {
    try {
      put(event(about, type, reason, message, more));
    } catch (ClusterException e) {
      log.warn("no Event {} on {} {}: {}", reason, about.getKind(), name(about), e.getMessage());
    }
  }

  public void tell(HasMetadata about, Type type, String reason, String message) {
    tell(about, type, reason, message, Map.of());
  }

  private void put(Event event) {
    try {
      cluster.create(event);
    } catch (ClusterException.Conflict e) {
      cluster.find(Event.class, ObjectName.of(event)).ifPresent(known -> again(known, event));
    }
  }

  private void again(Event known, Event event) {
    known.setCount(known.getCount() == null ? 2 : known.getCount() + 1);
    known.setLastTimestamp(event.getLastTimestamp());
    cluster.replace(known);
  }

  private Event event(
      HasMetadata about, Type type, String reason, String message, Map<String, String> more) {
    String text = message.length() <= MESSAGE_LIMIT ? message : message.substring(0, MESSAGE_LIMIT);
    Instant now = clock.instant();
    String stamp = now.truncatedTo(ChronoUnit.SECONDS).toString();
    String namespace = about.getMetadata().getNamespace();
    String place = namespace == null ? "default" : namespace;
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(place)
        .withName(eventName(about, reason, text, more))
        .withAnnotations(more)
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(namespace)
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .endInvolvedObject()
        .withType(type.word)
        .withReason(reason)
        .withMessage(text)
        .withCount(1)
        .withFirstTimestamp(stamp)
        .withLastTimestamp(stamp)
        .withEventTime(new MicroTime(MICRO_TIME.format(now)))
        .withAction(reason)
        .withReportingComponent(component)
        .withReportingInstance(component)
        .withNewSource(component, null)
        .build();
  }

  private static String eventName(
      HasMetadata about, String reason, String message, Map<String, String> more) {
    String all =
        about.getMetadata().getUid() + "\0" + reason + "\0" + message + "\0" + new TreeMap<>(more);
    String name = about.getMetadata().getName();
    return (name.length() <= 200 ? name : name.substring(0, 200)) + "." + digest(all);
  }

  private static String digest(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String name(HasMetadata about) {
    return ObjectName.of(about).toString();
  }
}
