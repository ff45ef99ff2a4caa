package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks through a listing, page by page, and fails when it does not end. */
final class Pages {
  private static final int MOST = 10_000;

  private Pages() {}

  /** What is done with a page before the next one is asked for. */
  @FunctionalInterface
  interface Visitor {
    void visit(Page<BobKey> page) throws IOException;
  }

  static void each(BobStore store, int limit, Visitor visitor) throws IOException {
    @Nullable String cursor = null;
    for (int pages = 0; pages < MOST; pages++) {
      Page<BobKey> page = store.scan(cursor, limit);
      if (page.items().size() > limit) {
        throw new AssertionError(page.items().size() + " keys on a page of at most " + limit);
      }
      visitor.visit(page);
      cursor = page.next();
      if (cursor == null) {
        return;
      }
    }
    throw new AssertionError("the listing has not ended after " + MOST + " pages");
  }

  /** Everything, in the order of the listing. */
  static List<BobKey> keys(BobStore store, int limit) throws IOException {
    List<BobKey> keys = new ArrayList<>();
    each(store, limit, page -> keys.addAll(page.items()));
    return keys;
  }
}
