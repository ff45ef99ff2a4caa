package dev.bobbin.xmpp.core.internal.plugin;

import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of plugins that are within reach and not found, once for each runtime: nothing is lost by
 * them, but a program that expects their features would not know why it lacks them. Thread-safe.
 */
public final class OverlookedPlugins {
  private static final Logger LOG = LoggerFactory.getLogger(OverlookedPlugins.class);

  private final ServiceLocation usual = ServiceLocation.automatic();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * Where clients of this runtime look, unless they are told otherwise.
   *
   * @return one location, which remembers what it read
   */
  public ServiceLocation usual() {
    return usual;
  }

  /**
   * Warns of what was not warned of yet.
   *
   * @param location where plugins are looked for
   */
  public void warn(ServiceLocation location) {
    PluginDiscovery.overlooked(location)
        .filter(told::add)
        .ifPresent(text -> LOG.warn("Plugins are overlooked: {}", text));
  }
}
