package dev.bobbin.xmpp.api.plugin;

import java.util.Set;

/**
 * An extension of one client. One instance serves one client, which turns it on at most once at a
 * time.
 *
 * @implSpec {@link #enable} and {@link #disable} are never called at the same time, but may be
 *     called on different threads, and again after each other. Whatever a plugin adds through its
 *     {@link PluginContext} is taken away by the client when the plugin is turned off: {@code
 *     disable} only frees what the plugin itself holds.
 */
public interface XmppPlugin {
  /**
   * The name, unique within a client.
   *
   * @return such as {@code xep_0231}
   */
  String name();

  /**
   * The plugins that must be on before this one is.
   *
   * @return their names; none by default
   */
  default Set<String> dependencies() {
    return Set.of();
  }

  /**
   * Turns the plugin on. Called on the thread that turns it on; may block.
   *
   * @param context what the client offers, valid until {@link #disable}
   * @throws Exception why it cannot be on; the client takes away all that was added
   */
  void enable(PluginContext context) throws Exception;

  /**
   * Turns the plugin off: frees what it holds. Called after its handlers were taken away. May
   * block.
   *
   * @throws Exception what went wrong; the plugin counts as off all the same
   */
  default void disable() throws Exception {}
}
