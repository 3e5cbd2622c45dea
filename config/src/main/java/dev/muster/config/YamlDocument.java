package dev.muster.config;

import com.fasterxml.jackson.databind.JsonNode;

/// One document of a text.
///
/// @param line on which its content begins, from 1
public record YamlDocument(JsonNode tree, int line) {}
