package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page shows, in clients. */
@Timeout(60)
@ExtendWith(SharedRedis.Resolver.class)
class RedisSnippetTest {
  private static final byte[] PNG = "no picture".getBytes(UTF_8);

  private final String uri;

  RedisSnippetTest(SharedRedis redis) {
    uri = SharedRedis.uri(redis.server());
  }

  @Test
  void page_showsTheSnippetThatIsCompiled() throws Exception {
    String code =
        Files.readString(Path.of("src/test/java/dev/bobbin/store/redis/RedisSnippet.java"), UTF_8);
    String shown =
        code.substring(
            code.indexOf('\n', code.indexOf("// tag::redis[]")) + 1,
            code.lastIndexOf('\n', code.indexOf("// end::redis[]")) + 1);
    assertThat(shown).isNotBlank();
    assertThat(Files.readString(Path.of("../docs/store-redis.md"), UTF_8))
        .contains("```java\n" + shown + "```\n");
  }

  private XmppClient client(LoopbackServer server) {
    Jid me = Jid.of("juliet@example.org");
    return RedisSnippet.client(me, "r0m30", uri, SharedRedis.PASSWORD)
        .host("127.0.0.1", server.address().getPort())
        .trust(server.certificate())
        .build();
  }

  @Test
  void plugin_ofTwoClients_shareWhatOneHosts() throws Exception {
    try (LoopbackServer server =
            LoopbackServer.builder("example.org").account("juliet", "r0m30").start();
        XmppClient client = client(server);
        XmppClient otherClient = client(server)) {
      client.connect().get(30, TimeUnit.SECONDS);
      otherClient.connect().get(30, TimeUnit.SECONDS);
      BobPlugin bob = client.plugin(BobPlugin.class);
      BobPlugin other = otherClient.plugin(BobPlugin.class);
      ContentId cid = bob.set(PNG, "image/png").get(30, TimeUnit.SECONDS);
      assertThat(
              other.get(cid).get(30, TimeUnit.SECONDS).map(Bob::data).orElseThrow().toByteArray())
          .isEqualTo(PNG);
    }
  }
}
