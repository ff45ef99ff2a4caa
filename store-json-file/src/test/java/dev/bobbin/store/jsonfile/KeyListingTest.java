package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyListingTest {
  @TempDir private Path directory;

  @Test
  void scan_pages_areInTheOrderOfNamesHostedFirst() throws Exception {
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      for (String cid : List.of("c", "a", "b")) {
        store.put(Items.item(Items.hosted(cid), "x"));
      }
      store.put(Items.item(Items.verified("a"), "x"));
      assertThat(store.scan(null, 2))
          .isEqualTo(new Page<>(List.of(Items.hosted("a"), Items.hosted("b")), "hosted/b"));
      assertThat(store.scan("hosted/b", 2))
          .isEqualTo(new Page<>(List.of(Items.hosted("c")), "received/"));
      assertThat(store.scan("received/", 2))
          .isEqualTo(new Page<>(List.of(Items.verified("a")), null));
    }
  }

  @Test
  void scan_namesMadeOfAHash_areReadForTheirKeys() throws Exception {
    ContentId cid = ContentId.of("X".repeat(300));
    Jid room = Jid.of("room@muc.example.org/" + "\u4e2d".repeat(300));
    BobKey[] keys = {
      BobKey.hosted(cid),
      new BobKey(Shelf.VERIFIED, cid),
      new BobKey(new Shelf.From(room), cid),
      new BobKey(new Shelf.From(room.bare()), cid),
    };
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      for (BobKey key : keys) {
        assertThat(key.safeName()).startsWith("_h-");
        store.put(Items.item(key, key.toString()));
      }
      assertListed(store, keys);
    }
  }

  @Test
  void scan_badCursor_saysSo() throws Exception {
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      for (String cursor : List.of("hosted/", "hosted/../x", "hosted/A", "received/.x", "/x")) {
        assertThatThrownBy(() -> store.scan(cursor, 1))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "'"
                    + cursor
                    + "' is no cursor of this store; begin with null (docs/errors.md#bad-cursor)");
      }
      assertThatThrownBy(() -> store.scan("\u202e" + "x".repeat(100), 1))
          .hasMessage(
              "'\uFFFD"
                  + "x".repeat(99)
                  + "...' is no cursor of this store; begin with null (docs/errors.md#bad-cursor)");
      assertThatThrownBy(() -> store.scan(null, 0))
          .hasMessage("A page holds at least 1 key, not 0");
    }
  }

  @Test
  void scan_manyMoreThanAPage_keepsPagesBounded() throws Exception {
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      for (int i = 0; i <= KeyListing.MOST; i++) {
        Files.writeString(directory.resolve("x" + i), "{}");
      }
      assertThat(store.scan(null, Integer.MAX_VALUE).items()).hasSize(KeyListing.MOST);
    }
  }

  static void assertListed(BobStore store, BobKey... expected) throws IOException {
    List<BobKey> listed = new ArrayList<>();
    String cursor = null;
    for (int pages = 0; pages < 1000; pages++) {
      Page<BobKey> page = store.scan(cursor, 3);
      listed.addAll(page.items());
      cursor = page.next();
      if (cursor == null) {
        break;
      }
    }
    assertThat(cursor).isNull();
    assertThat(listed).containsExactlyInAnyOrder(expected);
  }
}
