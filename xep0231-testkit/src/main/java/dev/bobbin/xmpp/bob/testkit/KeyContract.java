package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of the contract about keys: what differs stays apart, whatever it looks like. */
abstract class KeyContract extends TellingContract {
  /** The first ones are those that were thought of. */
  private static final int RECEIVED = 90;

  KeyContract() {}

  @Test
  void put_sameCidOnEveryShelf_staysApart() throws Exception {
    BobStore store = open();
    List<BobKey> keys = shelves(ContentId.of("cid"));
    for (BobKey key : keys) {
      store.put(item(key, key.shelf().toString()));
    }
    for (BobKey key : keys) {
      assertThat(store.get(key)).contains(item(key, key.shelf().toString()));
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(store.delete(keys.get(i))).isTrue();
      assertThat(Pages.keys(store, 3))
          .containsExactlyInAnyOrderElementsOf(keys.subList(i + 1, keys.size()));
    }
  }

  @Test
  void put_hostileContentIds_stayApart() throws Exception {
    List<ContentId> cids = HostileContentIds.all();
    BobStore store = open();
    List<BobKey> keys = new ArrayList<>();
    for (ContentId cid : cids) {
      keys.add(BobKey.hosted(cid));
      store.put(item(keys.get(keys.size() - 1), "data of " + cid));
    }
    for (BobKey key : keys) {
      assertThat(store.get(key)).as("%s", told(key)).contains(item(key, "data of " + key.cid()));
    }
    assertThat(Pages.keys(store, 50)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(store.delete(keys.get(0))).isTrue();
    assertThat(Pages.keys(store, 50))
        .containsExactlyInAnyOrderElementsOf(keys.subList(1, keys.size()));
  }

  @Test
  void put_hostileSendersAndContentIds_stayApart() throws Exception {
    List<ContentId> cids = HostileContentIds.all().subList(0, RECEIVED);
    BobStore store = open();
    List<BobKey> keys = new ArrayList<>();
    for (int i = 0; i < cids.size(); i++) {
      keys.add(new BobKey(Shelf.VERIFIED, cids.get(i)));
      keys.add(from("room@muc.example.org/%- _v- ../" + i, cids.get(i)));
    }
    keys.add(from("room@muc.example.org/" + "\u4e2d".repeat(341), cids.get(0)));
    for (BobKey key : keys) {
      store.put(item(key, "data of " + key));
    }
    for (BobKey key : keys) {
      assertThat(store.get(key)).as("%s", told(key)).contains(item(key, "data of " + key));
    }
    assertThat(Pages.keys(store, 50)).containsExactlyInAnyOrderElementsOf(keys);
  }

  private static String told(BobKey key) {
    return "with the seed " + HostileContentIds.SEED + ", " + key;
  }

  private static List<BobKey> shelves(ContentId cid) {
    return List.of(
        BobKey.hosted(cid),
        new BobKey(Shelf.VERIFIED, cid),
        new BobKey(new Shelf.From(ROOM), cid),
        new BobKey(new Shelf.From(ROOM.withResource("a")), cid),
        new BobKey(new Shelf.From(ROOM.withResource("b")), cid),
        new BobKey(new Shelf.From(ROOM.withResource("A")), cid),
        new BobKey(new Shelf.From(Jid.of("a@example.org")), cid));
  }
}
