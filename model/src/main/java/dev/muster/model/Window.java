package dev.muster.model;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/// A part of the day in which runs may start, `22:00-05:00`; it may pass midnight.
public record Window(LocalTime from, LocalTime to) {
  static final String ALLOWED = "two different times of day such as 22:00-05:00";

  public static Parsed<Window> parse(String text) {
    String[] ends = text.strip().split("-", -1);
    if (ends.length != 2) {
      return Parsed.refused("not a window", ALLOWED);
    }
    try {
      Window window =
          new Window(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
      return window.from.equals(window.to)
          ? Parsed.refused("the window is empty", ALLOWED)
          : Parsed.value(window);
    } catch (DateTimeParseException e) {
      return Parsed.refused("not a time of day", ALLOWED);
    }
  }

  public boolean contains(LocalTime time) {
    boolean afterFrom = !time.isBefore(from);
    boolean beforeTo = time.isBefore(to);
    return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
  }

  @Override
  public String toString() {
    return from + "-" + to;
  }
}
