package dev.bobbin.store.redis;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Duration;
import java.time.Instant;

/** Items for tests. */
final class Items {
  static final Jid ROMEO = Jid.of("romeo@example.org/orchard");
  static final Instant STORED = Instant.parse("2026-01-02T03:04:05.678901234Z");

  private Items() {}

  static BobKey hosted(String cid) {
    return BobKey.hosted(ContentId.of(cid));
  }

  static BobKey from(String jid, String cid) {
    return new BobKey(new Shelf.From(Jid.of(jid)), ContentId.of(cid));
  }

  static StoredBob item(BobKey key, String text) {
    return expiring(key, text, null);
  }

  static StoredBob expiring(BobKey key, String text, Instant expiresAt) {
    Bob bob = new Bob(key.cid(), "text/plain", BobData.utf8(text), null);
    return new StoredBob(key, bob, STORED, expiresAt, null);
  }

  /** One with every field that there is. */
  static StoredBob full() {
    Bob bob = Bob.of(new byte[] {1, 2, 3, 4, 5}, "image/png").withMaxAge(Duration.ofDays(1));
    BobKey key = new BobKey(Shelf.VERIFIED, bob.cid());
    return new StoredBob(key, bob, STORED, STORED.plusSeconds(60), ROMEO);
  }
}
