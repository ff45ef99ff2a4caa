package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What SCAN does to a listing that a small and quiet Redis does not. */
class KeyListingTest {
  private static final int MOST_PAGES = 1000;
  private static final int MOST = 200;
  private static final int MOST_BYTES = 20_000;

  private final List<BobKey> keys = new ArrayList<>();
  private final Random random = new Random(231);
  private int passes;
  private final KeyListing listing = new KeyListing(this::pass, MOST, MOST_BYTES);

  /** Each name twice, in any order, among others. */
  private void pass(KeyListing.Visitor visitor) {
    passes++;
    List<byte[]> names = new ArrayList<>();
    for (BobKey key : keys) {
      names.add(KeySpace.local(key));
      names.add(KeySpace.local(key));
    }
    names.add("of somebody else".getBytes(StandardCharsets.UTF_8));
    Collections.shuffle(names, random);
    names.forEach(visitor::visit);
  }

  private void add(int from, int to) {
    IntStream.range(from, to).forEach(i -> keys.add(Items.hosted("cid" + i)));
  }

  private List<BobKey> all(KeyListing from, int limit) throws IOException {
    List<BobKey> listed = new ArrayList<>();
    Page<BobKey> page = from.page(null, limit);
    listed.addAll(page.items());
    for (int pages = 1; page.next() != null; pages++) {
      assertThat(pages).as("pages of a listing that does not end").isLessThan(MOST_PAGES);
      page = from.page(page.next(), limit);
      listed.addAll(page.items());
    }
    return listed;
  }

  @Test
  void page_namesTwiceAndInAnyOrder_listsEachOnce() throws Exception {
    add(0, 50);
    for (int limit : new int[] {1, 7, 50, 51}) {
      assertThat(all(listing, limit)).containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void page_small_costsNoPassOfItsOwn() throws Exception {
    add(0, 50);
    all(listing, 1);
    assertThat(passes).isEqualTo(1);
  }

  @Test
  void page_moreThanIsReadAhead_takesAnotherPass() throws Exception {
    add(0, MOST + 50);
    assertThat(all(listing, 30)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(passes).isEqualTo(2);
  }

  /** Whatever is asked for, so that a page never fills the heap. */
  @Test
  void page_ofAnyLimit_isBounded() throws Exception {
    add(0, MOST + 50);
    Page<BobKey> first = listing.page(null, Integer.MAX_VALUE);
    assertThat(first.items()).hasSize(MOST);
    assertThat(listing.page(first.next(), Integer.MAX_VALUE).items()).hasSize(50);
  }

  @Test
  void page_longNames_areReadAheadInBoundedSpace() throws Exception {
    IntStream.range(0, 30).forEach(i -> keys.add(Items.hosted(i + "x".repeat(1000))));
    assertThat(all(listing, 10)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(passes).isEqualTo(2);
  }

  @Test
  void page_ofALaterListing_seesWhatCameBetween() throws Exception {
    add(10, 20);
    Page<BobKey> first = listing.page(null, 5);
    keys.add(Items.hosted("cid99"));
    assertThat(all(listing, 5)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(listing.page(first.next(), 5).items()).hasSize(5);
  }

  @Test
  void page_cursorOfAnotherProcess_goesOn() throws Exception {
    add(10, 20);
    Page<BobKey> first = listing.page(null, 5);
    Page<BobKey> second = new KeyListing(this::pass).page(first.next(), 100);
    assertThat(second.items()).hasSize(5).doesNotContainAnyElementsOf(first.items());
    assertThat(second.next()).isNull();
  }

  @Test
  void page_cursorTwice_givesTheSame() throws Exception {
    add(10, 20);
    Page<BobKey> first = listing.page(null, 3);
    Page<BobKey> second = listing.page(first.next(), 3);
    assertThat(listing.page(first.next(), 3)).isEqualTo(second);
  }

  @Test
  void page_manyListingsAtOnce_listEachKeyOnce() throws Exception {
    add(10, 30);
    List<List<BobKey>> listed = new ArrayList<>();
    List<String> cursors = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Page<BobKey> page = listing.page(null, 10);
      listed.add(new ArrayList<>(page.items()));
      cursors.add(page.next());
    }
    for (int i = 0; i < 10; i++) {
      listed.get(i).addAll(listing.page(cursors.get(i), 10).items());
      assertThat(listed.get(i)).containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void page_cursorThatNamesNoKey_isRefused() {
    for (String cursor : new String[] {"1.aDo", "1.eDp4", "x.aDp4", "1.aDp4!", "1aDp4", ".aDp4"}) {
      assertThatThrownBy(() -> listing.page(cursor, 1))
          .as(cursor)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("docs/errors.md#bad-cursor");
    }
  }
}
