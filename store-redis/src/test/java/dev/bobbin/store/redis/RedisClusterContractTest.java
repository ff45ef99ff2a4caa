package dev.bobbin.store.redis;

import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.testkit.BobStoreContract;
import dev.bobbin.xmpp.bob.testkit.StoreTraits;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract on a cluster of three nodes. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedRedis.Resolver.class)
class RedisClusterContractTest extends BobStoreContract {
  private final Settings settings;

  RedisClusterContractTest(SharedRedis redis) {
    settings = Settings.of("redis", SharedRedis.settings(SharedRedis.uri(redis.cluster())));
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
    return StoreTraits.persistent().noFiles("Redis has them");
  }
}
