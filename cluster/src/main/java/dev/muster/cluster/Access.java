package dev.muster.cluster;

import org.jspecify.annotations.Nullable;

/// A question for SubjectAccessReview: may somebody do this?
public record Access(
    String verb,
    String group,
    String resource,
    @Nullable String namespace,
    @Nullable String name) {}
