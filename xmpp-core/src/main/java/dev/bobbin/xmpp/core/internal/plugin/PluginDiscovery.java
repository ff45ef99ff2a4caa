package dev.bobbin.xmpp.core.internal.plugin;

import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Finds plugins by {@link ServiceLoader}. */
public final class PluginDiscovery {
  private PluginDiscovery() {}

  /**
   * Looks for plugins.
   *
   * @param location where
   * @return makers by plugin name, in the order in which they were found
   * @throws PluginException when a provider cannot be loaded, or two have the same name
   */
  public static Map<String, Supplier<XmppPlugin>> find(ServiceLocation location) {
    Map<String, Supplier<XmppPlugin>> found = new LinkedHashMap<>();
    Map<String, Class<?>> classes = new LinkedHashMap<>();
    try {
      for (XmppPluginProvider provider :
          location.load(
              PluginDiscovery.class,
              loader -> ServiceLoader.load(XmppPluginProvider.class, loader),
              layer -> ServiceLoader.load(layer, XmppPluginProvider.class))) {
        Class<?> before = classes.putIfAbsent(provider.name(), provider.getClass());
        if (before != null) {
          throw new PluginException(
              "Two plugins are named '"
                  + provider.name()
                  + "': "
                  + before.getName()
                  + " and "
                  + provider.getClass().getName()
                  + ". Take one off the path (docs/errors.md#duplicate-plugin)");
        }
        found.put(provider.name(), provider::create);
      }
    } catch (ServiceConfigurationError e) {
      throw new PluginException(
          "A plugin on the path cannot be loaded: "
              + e.getMessage()
              + " (docs/errors.md#broken-plugin)",
          e);
    }
    return found;
  }
}
