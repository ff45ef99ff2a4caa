package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.plugin.Caching;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Something on each of the three shelves of a plugin, and a look at whether it is still so. */
final class FilledShelves {
  static final Jid FRIEND = Jid.of("benvolio@example.org/street");
  static final Bob HOSTED =
      new Bob(ContentId.of("hosted"), "text/plain", BobData.utf8("hosted"), null);
  static final Bob HOSTED_BY_HASH = Bob.of("by hash".getBytes(), "text/plain");
  static final Bob VERIFIED = Bob.of("verified".getBytes(), "text/plain");
  static final Bob UNVERIFIED =
      new Bob(ContentId.of("from"), "text/plain", BobData.utf8("from"), null);

  private final MapStore store = new MapStore(false);
  private final BobPlugin bob =
      BobPlugin.builder().store(store).caching(Caching.STORE).servedBytesPerSecond(0).build();
  private Map<BobKey, StoredBob> before = Map.of();

  /** To be given to a client. What was received is in the cache and in a store that can be seen. */
  BobPlugin plugin() {
    return bob;
  }

  /** Fills the shelves, once the client is built. */
  void fill() {
    bob.set(HOSTED).join();
    bob.set(HOSTED_BY_HASH).join();
    Stanza message =
        Stanza.parse(
            LiteralXml.element(
                "<message xmlns='jabber:client' from='%s'>%s%s</message>"
                    .formatted(
                        FRIEND,
                        Stage.data(VERIFIED.cid().value(), "dmVyaWZpZWQ="),
                        Stage.data("from", "ZnJvbQ=="))));
    assertThat(bob.take(message).join()).containsExactly(VERIFIED, UNVERIFIED);
    assertThat(store.items)
        .containsOnlyKeys(
            BobKey.hosted(HOSTED.cid()),
            BobKey.hosted(HOSTED_BY_HASH.cid()),
            new BobKey(Shelf.VERIFIED, VERIFIED.cid()),
            new BobKey(new Shelf.From(FRIEND), UNVERIFIED.cid()));
    before = Map.copyOf(store.items);
  }

  /** What the plugin has is what it had, in its store and as it tells of it, and nothing else. */
  void assertUnchanged(Wire wire) {
    assertUnchangedBut(wire, Map.of());
  }

  /** So it is but for what was added, which is there; and it is forgotten again. */
  void assertUnchangedBut(Wire wire, Map<BobKey, Bob> added) {
    Map<BobKey, StoredBob> now = new HashMap<>(store.items);
    added.forEach(
        (key, item) ->
            assertThat(now.remove(key)).as("%s", key).extracting(StoredBob::bob).isEqualTo(item));
    assertThat(now).isEqualTo(before);
    int asked = wire.requests();
    List<CompletableFuture<Bob>> found =
        List.of(
            bob.fetch(FRIEND, HOSTED.cid()),
            bob.fetch(FRIEND, HOSTED_BY_HASH.cid()),
            bob.fetch(FRIEND, VERIFIED.cid()),
            bob.fetch(FRIEND, UNVERIFIED.cid()));
    assertThat(found.stream().map(CompletableFuture::join))
        .containsExactly(HOSTED, HOSTED_BY_HASH, VERIFIED, UNVERIFIED);
    assertThat(bob.get(UNVERIFIED.cid()).join()).isEmpty();
    assertThat(wire.requests()).as("nobody had to be asked").isEqualTo(asked);
  }
}
