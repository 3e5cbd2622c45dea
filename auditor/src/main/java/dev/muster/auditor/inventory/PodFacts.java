package dev.muster.auditor.inventory;

/// A Pod. Of one that a controller made, the shape has only claims: the controller shows the rest.
public record PodFacts(Metadata metadata, PodShape shape) implements Facts {}
