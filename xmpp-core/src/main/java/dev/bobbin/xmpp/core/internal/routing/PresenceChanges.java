package dev.bobbin.xmpp.core.internal.routing;

import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Presence;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What plugins make of available presence before it is sent. Safe for use by several threads.
 *
 * <p>A change may add to a presence. One that turned it into something else, such as unavailable or
 * to another addressee, would send what nobody asked for; that is not followed.
 */
final class PresenceChanges {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceChanges.class);

  /** Compared by identity, so that each registration takes only itself away. */
  private static final class Added {
    final String plugin;
    final UnaryOperator<Presence> change;

    Added(String plugin, UnaryOperator<Presence> change) {
      this.plugin = plugin;
      this.change = change;
    }
  }

  private final List<Added> changes = new CopyOnWriteArrayList<>();

  Registration add(String plugin, UnaryOperator<Presence> change) {
    Added added = new Added(plugin, change);
    changes.add(added);
    return () -> changes.remove(added);
  }

  Presence of(Presence presence) {
    if (presence.type() != Presence.Type.AVAILABLE) {
      return presence;
    }
    Presence changed = presence;
    for (Added added : changes) {
      changed = changed(added, changed);
    }
    return changed;
  }

  private static Presence changed(Added added, Presence before) {
    try {
      Presence after = added.change.apply(before);
      if (after.type() == before.type() && after.to().equals(before.to())) {
        return after;
      }
      LOG.warn(
          "The plugin '{}' made type or addressee of presence another; it is sent as it was",
          added.plugin);
    } catch (Throwable e) {
      // Even an Error is that plugin's alone: the application's presence has to be sent.
      LOG.warn("The plugin '{}' failed to change presence; it is sent as it was", added.plugin, e);
    }
    return before;
  }
}
