package dev.bobbin.store.redis;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;

/** What docs/store-redis.md shows. */
final class RedisSnippet {
  private RedisSnippet() {}

  static XmppClientBuilder client(Jid me, String password, String uri, String redisPassword) {
    // tag::redis[]
    BobPlugin bob =
        BobPlugin.builder()
            .store("redis")
            .storeSetting("redis", "uri", uri) // rediss://redis.example.org:6379, say
            .storeSetting("redis", "username", "stickers")
            .storeSetting("redis", "password", redisPassword) // or "password-file", and a path
            .storeSetting("redis", "prefix", "stickers")
            .build();
    XmppClientBuilder client = XmppClient.builder(me, password).plugin(bob);
    // end::redis[]
    return client;
  }
}
