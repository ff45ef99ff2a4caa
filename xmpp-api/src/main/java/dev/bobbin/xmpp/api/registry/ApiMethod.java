package dev.bobbin.xmpp.api.registry;

import java.util.Objects;

/**
 * The typed key of one internal-API method, kept in a constant of the plugin that owns it. Two keys
 * are the same only when they are the same object, so nobody can serve a method by guessing its
 * name.
 *
 * @param <I> what the method takes
 * @param <O> what the method gives
 */
@SuppressWarnings("UnusedTypeParameter") // They tie callers and handlers of one key together.
public final class ApiMethod<I, O> {
  private final String plugin;
  private final String name;

  private ApiMethod(String plugin, String name) {
    this.plugin = plugin;
    this.name = name;
  }

  /**
   * Makes a new key.
   *
   * @param plugin the name of the plugin that owns the method, such as {@code xep_0231}
   * @param name the method's name, such as {@code get_bob}; unique within the plugin
   * @param <I> what the method takes
   * @param <O> what the method gives
   * @return a key that equals no other
   */
  public static <I, O> ApiMethod<I, O> of(String plugin, String name) {
    return new ApiMethod<>(
        Objects.requireNonNull(plugin, "plugin"), Objects.requireNonNull(name, "name"));
  }

  /**
   * Who owns the method.
   *
   * @return the plugin's name
   */
  public String plugin() {
    return plugin;
  }

  /**
   * The method's name within its plugin.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Plugin and name, for messages.
   *
   * @return such as {@code xep_0231.get_bob}
   */
  @Override
  public String toString() {
    return plugin + '.' + name;
  }
}
