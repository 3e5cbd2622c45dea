package dev.muster.drill;

import java.time.Duration;

/// One rung as climbed. Integrity, decode and restore run in one pass: what each found is told
/// apart, the time they took together stands at restore.
record Rung(DrillStep step, Finding finding, Duration took) {}
