package dev.bobbin.store.redis;

import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.List;

/**
 * Opens stores in Redis, under the name {@code redis}: one server or a cluster, which the server
 * says itself, of version 6.2 or later. Processes whose stores have the same servers and the same
 * {@code prefix} share what is in them.
 *
 * <p>A store is a {@link dev.bobbin.xmpp.bob.spi.AsyncBobStore}: its asynchronous methods never
 * block. It has a connection of its own, to a cluster one for each node, and up to six threads; it
 * is safe for use by any number of threads.
 *
 * <p>Settings: {@code uri} (default {@code redis://localhost:6379}; {@code rediss} is for TLS, and
 * nodes of a cluster have commas between them), {@code username}, {@code password-file} or {@code
 * password}, {@code trust}, {@code certificate}, {@code certificate-key}, {@code prefix}, {@code
 * connect-timeout-ms} (5000), {@code command-timeout-ms} (2000). The default of {@code prefix} is
 * {@code bobbin:} and the account's bare JID, escaped as in {@link
 * dev.bobbin.xmpp.bob.BobKey#safeName()}. A password in a system property is in the list of
 * processes: give it in code, or name a file.
 *
 * <p>A server whose {@code maxmemory-policy} could push hosted items out is refused.
 */
public final class RedisBobStoreProvider implements BobStoreProvider {
  static final String NAME = "redis";

  /** Made by {@link java.util.ServiceLoader}. */
  public RedisBobStoreProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Setting> settings() {
    return RedisSettings.all();
  }

  @Override
  public BobStore open(StoreContext context) throws IOException {
    return RedisBobStore.open(context);
  }
}
