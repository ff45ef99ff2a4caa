package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The part of the contract about listing. */
abstract class ScanContract extends KeyContract {
  private static final int ROUNDS = 10;
  private static final int MOST_CHURN = 2_000;

  ScanContract() {}

  @Test
  void scan_empty_listsNothing() throws Exception {
    assertThat(Pages.keys(open(), 10)).isEmpty();
  }

  @Test
  void scan_pagesOfAnySize_listEveryKeyOnce() throws Exception {
    BobStore store = open();
    List<BobKey> keys = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      ContentId cid = ContentId.of("cid" + i);
      BobKey key =
          switch (i % 3) {
            case 0 -> BobKey.hosted(cid);
            case 1 -> new BobKey(Shelf.VERIFIED, cid);
            default -> from("room@muc.example.org/" + i, cid);
          };
      keys.add(key);
      store.put(item(key, "x"));
    }
    for (int limit : new int[] {1, 2, 7, 22, 23, 24, 1000, Integer.MAX_VALUE}) {
      assertThat(Pages.keys(store, limit))
          .as("in pages of %d", limit)
          .containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void scan_overwrittenAndDeleted_listsWhatIsThere() throws Exception {
    BobStore store = open();
    store.put(item("kept", "1"));
    store.put(item("kept", "2"));
    store.put(item("gone", "1"));
    store.delete(hosted("gone"));
    assertThat(Pages.keys(store, 10)).containsExactly(hosted("kept"));
  }

  @Test
  void scan_keyDeletedBehindCursor_goesOn() throws Exception {
    BobStore store = open();
    List<BobKey> keys = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      keys.add(hosted("cid" + i));
      store.put(item("cid" + i, "x"));
    }
    List<BobKey> listed = new ArrayList<>();
    Pages.each(
        store,
        1,
        page -> {
          for (BobKey key : page.items()) {
            listed.add(key);
            store.delete(key);
          }
        });
    assertThat(listed).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(Pages.keys(store, 10)).isEmpty();
  }

  @Test
  void scan_keysPutBetweenPages_listsEachThatWasThereExactlyOnce() throws Exception {
    BobStore store = open();
    List<BobKey> keys = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      keys.add(hosted("m" + i));
      store.put(item("m" + i, "x"));
    }
    List<BobKey> listed = new ArrayList<>();
    AtomicInteger pages = new AtomicInteger();
    Pages.each(
        store,
        2,
        page -> {
          listed.addAll(page.items());
          int number = pages.getAndIncrement();
          if (page.next() != null && number < 5) {
            store.put(item("a" + number, "before the others by name"));
            store.put(item("z" + number, "behind them"));
            store.put(item("m" + number, "listed before"));
            store.put(item("m" + (9 - number), "perhaps not listed yet"));
          }
        });
    listed.removeIf(key -> !keys.contains(key));
    assertThat(listed).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void scan_limitBelowOne_isRefused() throws Exception {
    BobStore store = open();
    for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> store.scan(null, limit))
          .as("limit %d", limit)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void scan_cursorOfNoStore_isRefused() throws Exception {
    BobStore store = open();
    store.put(item("cid", "x"));
    List<String> cursors =
        List.of(
            "",
            " ",
            "\u0000",
            "no cursor at all",
            "../../etc/passwd",
            "-1",
            "1e3",
            "\u0661",
            "99999999999999999999999999999999",
            "x".repeat(10_000));
    for (String cursor : cursors) {
      assertThatThrownBy(() -> store.scan(cursor, 10))
          .as("cursor '%s'", cursor)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void scan_whileOthersComeAndGo_listsWhatStaysExactlyOnce() throws Exception {
    BobStore store = open();
    List<BobKey> staying = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      BobKey key = hosted("staying" + i);
      staying.add(key);
      store.put(item(key, "x"));
    }
    AtomicBoolean scanning = new AtomicBoolean(true);
    Threads.run(
        2,
        patience(),
        thread -> {
          if (thread == 0) {
            for (int i = 0; scanning.get() && i < MOST_CHURN; i++) {
              store.put(item("passing" + i % 20, "x"));
              store.put(item(staying.get(i % staying.size()), "y" + i));
              store.delete(hosted("passing" + (i + 10) % 20));
            }
          } else {
            try {
              for (int round = 0; round < ROUNDS; round++) {
                List<BobKey> listed = Pages.keys(store, 7);
                listed.removeIf(key -> key.cid().value().startsWith("passing"));
                assertThat(listed).containsExactlyInAnyOrderElementsOf(staying);
              }
            } finally {
              scanning.set(false);
            }
          }
        });
  }
}
