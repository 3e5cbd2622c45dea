package dev.muster.webhook.simulation;

import com.fasterxml.jackson.databind.JsonNode;

/// Why an object is judged as it is.
///
/// @param simulated what would be done if it were created now, without what Muster has written
/// @param policy digest of the policy that was asked
/// @param asked what the policy is asked at the mutating stage
/// @param answered all that it answers; where it does not, the reason as `broken`
public record Explanation(Simulated simulated, String policy, JsonNode asked, JsonNode answered) {}
