package dev.bobbin.store.redis;

import dev.bobbin.xmpp.bob.plugin.BobPlugin;

/** What docs/store-redis.md shows. */
final class RedisSnippet {
  private RedisSnippet() {}

  static BobPlugin plugin(String uri, String password) {
    // tag::redis[]
    BobPlugin bob =
        BobPlugin.builder()
            .store("redis")
            .storeSetting("redis", "uri", uri) // rediss://redis.example.org:6379, say
            .storeSetting("redis", "username", "stickers")
            .storeSetting("redis", "password", password) // or "password-file", and a path
            .storeSetting("redis", "prefix", "stickers")
            .build();
    // end::redis[]
    return bob;
  }
}
