package dev.bobbin.xmpp.bob.plugin;

/**
 * Where received items are kept (<a
 * href="https://xmpp.org/extensions/xep-0231.html#usecase-caching">XEP-0231 section 2.4</a>). What
 * the application hosts is always in the store.
 */
public enum Caching {
  /** In a bounded cache of the plugin's own, until the plugin is turned off. The default. */
  SESSION,
  /** In that cache, and in the store as well: strangers then fill the store within its bounds. */
  STORE,
  /** Nowhere. */
  NONE
}
