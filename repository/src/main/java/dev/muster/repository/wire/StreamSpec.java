package dev.muster.repository.wire;

import org.jspecify.annotations.Nullable;

/// One stream that the mover shall read, an element of `MUSTER_STREAMS`. `magic` is text that the
/// stream must begin with; `trailer` is text that must appear in its last 4 KiB.
public record StreamSpec(
    String name, boolean probe, @Nullable String magic, @Nullable String trailer) {}
