package org.example.lastactivity;

import dev.bobbin.xmpp.api.registry.ApiMethod;
import java.time.Duration;
import java.util.Optional;

/** The internal-API method of the plugin. */
public final class LastActivityMethods {
  /**
   * What a peer is told of our last activity; empty to tell nothing. Takes how long ago the
   * application sent a stanza. A call's JID is the one that was asked, its {@code from} the peer
   * who asks.
   */
  public static final ApiMethod<Duration, Optional<LastActivity>> GET_LAST_ACTIVITY =
      ApiMethod.of(LastActivityPlugin.NAME, "get_last_activity");

  private LastActivityMethods() {}
}
