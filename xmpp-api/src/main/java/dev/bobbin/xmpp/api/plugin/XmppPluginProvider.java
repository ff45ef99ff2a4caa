package dev.bobbin.xmpp.api.plugin;

/**
 * Makes plugins that {@link java.util.ServiceLoader} finds. Listed in {@code module-info.java} and
 * in {@code META-INF/services}, so that it is found on the module path and on the class path.
 */
public interface XmppPluginProvider {
  /**
   * The name of the plugins that {@link #create} makes.
   *
   * @return such as {@code xep_0231}
   */
  String name();

  /**
   * Makes a plugin for one client.
   *
   * @return a new instance, off; its settings reach it through {@link PluginContext#settings()}
   */
  XmppPlugin create();
}
