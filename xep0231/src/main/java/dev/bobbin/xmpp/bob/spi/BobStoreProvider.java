package dev.bobbin.xmpp.bob.spi;

import dev.bobbin.xmpp.api.plugin.Setting;
import java.io.IOException;
import java.util.List;

/**
 * Opens stores of one kind. Found by {@link java.util.ServiceLoader}: listed in {@code
 * module-info.java} and in {@code META-INF/services}, so that its jar works on the module path and
 * on the class path.
 *
 * @implSpec Has a public constructor without parameters that does nothing costly: providers that
 *     are not chosen are made too.
 */
public interface BobStoreProvider {
  /**
   * The name by which an application chooses it.
   *
   * @return lower case with hyphens, such as {@code json-file}; unique among all providers found
   */
  String name();

  /**
   * Whether it serves only when nothing else was found or named.
   *
   * @return false, but for the store in memory
   */
  default boolean fallback() {
    return false;
  }

  /**
   * The settings that {@link #open} understands.
   *
   * @return the settings; a key that is not among them is an error before {@link #open} is called
   */
  default List<Setting> settings() {
    return List.of();
  }

  /**
   * Opens a store for one account. Called whenever a client turns the plugin on, by the thread that
   * does so; may block.
   *
   * @param context account, settings, clock, executor and limits
   * @return a store of the caller's, who closes it
   * @throws IOException when it cannot be opened; the message says what to do
   * @throws IllegalArgumentException when a setting's value is bad; the message names key and value
   * @implSpec Leaves nothing open when it throws. Without settings, different accounts have
   *     different places. Two clients may be given the same place; a store that cannot share one
   *     refuses it with an {@link IOException}.
   */
  BobStore open(StoreContext context) throws IOException;
}
