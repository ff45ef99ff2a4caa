package dev.bobbin.store.redis;

import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.testkit.BobStoreContract;
import dev.bobbin.xmpp.bob.testkit.StoreTraits;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a cluster of three nodes. */
@ExtendWith(SharedRedis.Resolver.class)
class RedisClusterContractTest extends BobStoreContract {
  private final Settings settings;

  RedisClusterContractTest(SharedRedis redis) {
    String uri = SharedRedis.uri(redis.cluster());
    settings = Settings.of("redis", Map.of("uri", uri, "prefix", SharedRedis.prefix()));
  }

  @Override
  protected BobStoreProvider provider() {
    return new RedisBobStoreProvider();
  }

  @Override
  protected Settings settings() {
    return settings;
  }

  @Override
  protected StoreTraits traits() {
    String reason = "what outlives a process is tested on one server";
    return StoreTraits.notPersistent(reason).oneProcess(reason);
  }
}
