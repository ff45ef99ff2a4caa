/** A store of Bits of Binary in Redis, which a fleet of processes can share. */
module dev.bobbin.store.redis {
  requires transitive dev.bobbin.xmpp.bob;
  requires static org.jspecify;
  requires org.slf4j;
  requires lettuce.core;

  // An automatic module requires nothing, so what Lettuce needs of Netty is required for it.
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.resolver.dns;
  requires io.netty.transport;

  exports dev.bobbin.store.redis;

  provides dev.bobbin.xmpp.bob.spi.BobStoreProvider with
      dev.bobbin.store.redis.RedisBobStoreProvider;
}
