package dev.muster.auditor.inventory;

/// A namespace: what it says of everything in it.
public record NamespaceFacts(Metadata metadata) implements Facts {}
