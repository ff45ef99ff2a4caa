package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link BobPlugin} is made with. For use by one thread. */
public final class BobPluginBuilder {
  private final Map<String, String> settings = new LinkedHashMap<>();
  private @Nullable BobStore store;

  BobPluginBuilder() {}

  /**
   * Keeps bits of binary in a given store, which the plugin does not close.
   *
   * @param instance the store
   * @return this builder
   */
  public BobPluginBuilder store(BobStore instance) {
    this.store = Objects.requireNonNull(instance, "instance");
    return this;
  }

  /**
   * Keeps bits of binary in the store of that name, which must be on the path.
   *
   * @param name such as {@code json-file}
   * @return this builder
   */
  public BobPluginBuilder store(String name) {
    settings.put(BobSettings.STORE, Objects.requireNonNull(name, "name"));
    return this;
  }

  /**
   * Sets something for the store of that name.
   *
   * @param name such as {@code json-file}
   * @param key such as {@code directory}
   * @param value the value
   * @return this builder
   */
  public BobPluginBuilder storeSetting(String name, String key, String value) {
    settings.put(name + '.' + key, Objects.requireNonNull(value, "value"));
    return this;
  }

  /**
   * Which hash names what the application hosts; {@link HashAlgorithm#SHA_1} by default, since that
   * is what deployed peers know.
   *
   * @param algorithm the algorithm
   * @return this builder
   */
  public BobPluginBuilder algorithm(HashAlgorithm algorithm) {
    settings.put(BobSettings.ALGORITHM, algorithm.text());
    return this;
  }

  /**
   * The greatest size of one item, hosted or received; 8192 by default (XEP-0231 section 2.1).
   *
   * @param bytes from 1 to 1 MiB; peers and servers may refuse more than 8192
   * @return this builder
   */
  public BobPluginBuilder maxItemBytes(int bytes) {
    settings.put(BobSettings.MAX_ITEM_BYTES, Integer.toString(bytes));
    return this;
  }

  /**
   * Where received items are kept; {@link Caching#SESSION} by default.
   *
   * @param caching where
   * @return this builder
   */
  public BobPluginBuilder caching(Caching caching) {
    settings.put(BobSettings.CACHING, caching.name().toLowerCase(Locale.ROOT));
    return this;
  }

  /**
   * The bounds of the session cache, in which received items are; 16 MiB and 10,000 items by
   * default.
   *
   * @param bytes what all of them count as, with some 1200 bytes each beside their data and 800 for
   *     each sender; 0 for none
   * @param entries their number, up to 10 million
   * @return this builder
   */
  public BobPluginBuilder cacheBounds(long bytes, int entries) {
    settings.put(BobSettings.CACHE_BYTES, Long.toString(bytes));
    settings.put(BobSettings.CACHE_ENTRIES, Integer.toString(entries));
    return this;
  }

  /**
   * What is small enough for {@link BobPlugin#attach} to push it in the stanza that refers to it;
   * 1024 by default (XEP-0231 section 2.1).
   *
   * @param bytes data of fewer bytes is pushed; 0 for never
   * @return this builder
   */
  public BobPluginBuilder pushBelow(int bytes) {
    settings.put(BobSettings.PUSH_BYTES, Integer.toString(bytes));
    return this;
  }

  /**
   * How much each requester is served; 128 KiB a second by default, eight seconds' worth of it at
   * once. A requester is a bare JID, and so the occupants of a room are one. Who asks for more gets
   * {@code resource-constraint}.
   *
   * @param bytes bytes a second, where an answer counts 512 beside its data; 0 for no bound
   * @return this builder
   */
  public BobPluginBuilder servedBytesPerSecond(long bytes) {
    settings.put(BobSettings.SERVED_BYTES_PER_SECOND, Long.toString(bytes));
    return this;
  }

  /**
   * Whether what was received from others and verified is served to whoever asks; false by default,
   * since anybody could find out what we have seen.
   *
   * @param serve true to serve it on
   * @return this builder
   */
  public BobPluginBuilder serveReceived(boolean serve) {
    settings.put(BobSettings.SERVE_RECEIVED, Boolean.toString(serve));
    return this;
  }

  /**
   * Makes the plugin, off.
   *
   * @return a plugin for one client
   */
  public BobPlugin build() {
    return new BobPlugin(store, Map.copyOf(settings));
  }
}
