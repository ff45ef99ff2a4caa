package dev.bobbin.xmpp.core.internal.plugin;

import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import java.security.CodeSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    Iterator<XmppPluginProvider> providers = providers(location).iterator();
    for (XmppPluginProvider provider = next(providers);
        provider != null;
        provider = next(providers)) {
      String name = name(provider);
      Class<?> before = classes.putIfAbsent(name, provider.getClass());
      if (before != null) {
        throw new PluginException(
            "Two plugins are named '"
                + name
                + "': "
                + before.getName()
                + " and "
                + provider.getClass().getName()
                + ". Take one off the path (docs/errors.md#duplicate-plugin)");
      }
      found.put(name, provider::create);
    }
    return found;
  }

  private static ServiceLoader<XmppPluginProvider> providers(ServiceLocation location) {
    return location.load(
        PluginDiscovery.class,
        loader -> ServiceLoader.load(XmppPluginProvider.class, loader),
        layer -> ServiceLoader.load(layer, XmppPluginProvider.class));
  }

  private static @Nullable XmppPluginProvider next(Iterator<XmppPluginProvider> providers) {
    try {
      return providers.hasNext() ? providers.next() : null;
    } catch (ServiceConfigurationError | LinkageError e) {
      throw broken(text(e), e);
    }
  }

  private static String name(XmppPluginProvider provider) {
    try {
      return Objects.requireNonNull(provider.name(), "it has no name");
    } catch (RuntimeException | LinkageError e) {
      throw broken(provider.getClass().getName() + ": " + e, e);
    }
  }

  private static PluginException broken(String what, Throwable cause) {
    return new PluginException(
        "A plugin on the path cannot be loaded: " + what + " (docs/errors.md#broken-plugin)",
        cause);
  }

  /** A linkage error's message is often no more than the name of a class. */
  private static String text(Error e) {
    return e instanceof ServiceConfigurationError ? String.valueOf(e.getMessage()) : e.toString();
  }

  /**
   * Why a plugin may not be among those found; for the message of an error, since it takes a while.
   *
   * @param location where they were looked for
   * @return text to be added to a sentence, empty when no plugin is known to be overlooked
   */
  static String orOverlooked(ServiceLocation location) {
    return overlooked(location).map(text -> "; overlooked: " + text).orElse("");
  }

  /** Those that are within reach and not found, why, and what to do. */
  static Optional<String> overlooked(ServiceLocation location) {
    return location
        .overlooked(PluginDiscovery.class, XmppPluginProvider.class)
        .map(text -> text + " (docs/errors.md#overlooked-provider)");
  }

  /**
   * What is known without reading anything about a plugin that is not on.
   *
   * @param type its class
   * @return text to be added to a sentence, empty when nothing is known
   */
  static String packedTogether(Class<?> type) {
    CodeSource own = XmppPluginProvider.class.getProtectionDomain().getCodeSource();
    CodeSource its = type.getProtectionDomain().getCodeSource();
    if (own == null || its == null || !Objects.equals(own.getLocation(), its.getLocation())) {
      return "";
    }
    return "; its class is in one place with XmppPluginProvider, "
        + own.getLocation()
        + ": unless it was turned off, the META-INF/services/"
        + XmppPluginProvider.class.getName()
        + " of the jars packed there have to be merged (docs/errors.md#overlooked-provider)";
  }
}
