/// RFC 6902 as strict as the API server: what does not apply here is never sent.
@NullMarked
package dev.muster.webhook.patch;

import org.jspecify.annotations.NullMarked;
