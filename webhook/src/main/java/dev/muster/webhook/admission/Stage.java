package dev.muster.webhook.admission;

import java.util.Locale;

/// Which of the two webhooks asks.
public enum Stage {
  MUTATE,
  VALIDATE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
