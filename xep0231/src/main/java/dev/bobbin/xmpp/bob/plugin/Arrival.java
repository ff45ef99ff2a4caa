package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiTarget;

/**
 * How data came.
 *
 * @param from the exact JID that sent it
 * @param to which JID of ours it was sent to
 * @param asked whether it answers a request of ours; false for what was pushed
 */
record Arrival(Jid from, Jid to, boolean asked) {
  /** What calls of the internal API for this data are about. */
  ApiTarget target() {
    return ApiTarget.of(to).withFrom(from);
  }
}
