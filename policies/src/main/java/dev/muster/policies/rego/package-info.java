/// Rego of the user's own beside Muster's, compiled by the program `opa`. For people's machines and
/// pipelines: no server builds anything.
@NullMarked
package dev.muster.policies.rego;

import org.jspecify.annotations.NullMarked;
