package dev.muster.repository.wire;

/// The body of every refusal of the run API.
public record ErrorBody(String error, String reason) {}
