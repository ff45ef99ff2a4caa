package dev.bobbin.store.redis;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists keys in the order of their names, each exactly once, out of SCAN, which gives them in no
 * order and some more than once.
 *
 * <p>The cursor is the last name that was listed. A page needs the least names behind that, which
 * takes a pass over all of the database. So that not each page costs one, a pass keeps the least
 * 50,000 names, or those that fit into 4 MiB, for this page and those to come; no page is larger.
 * They serve the listing that they were read for and no other, which is why the cursor names the
 * listing as well: whatever is there during all of a listing was there during each of its passes,
 * and a later listing must see what came between. Where they were given up meanwhile, or when
 * another process goes on with the cursor, there is one more pass, and the same result.
 *
 * <p>Safe for use by several threads.
 */
final class KeyListing {
  private static final int AHEAD = 50_000;
  private static final long AHEAD_BYTES = 4 * 1024 * 1024;
  private static final int LISTINGS = 4;
  private static final Pattern CURSOR =
      Pattern.compile("([0-9a-f]{1,16})\\.([A-Za-z0-9_-]{4,6000})");

  private final Pass pass;
  private final int most;
  private final long mostBytes;

  /** What comes behind a cursor that was given out, for the latest of them. */
  private final Map<String, Names> ahead = new LinkedHashMap<>();

  KeyListing(Pass pass) {
    this(pass, AHEAD, AHEAD_BYTES);
  }

  /** One that keeps no more than so many names of a pass, and no more bytes of them. */
  KeyListing(Pass pass, int most, long mostBytes) {
    this.pass = pass;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Gives the local part of each name that there is, in any order, more than once or not. */
  @FunctionalInterface
  interface Pass {
    void run(Visitor visitor) throws IOException;
  }

  /** Is given local parts of names. */
  @FunctionalInterface
  interface Visitor {
    void visit(byte[] local);
  }

  /**
   * Names that follow each other.
   *
   * @param names in their order
   * @param areLast whether none came after them
   */
  private record Names(NavigableSet<byte[]> names, boolean areLast) {}

  Page<BobKey> page(@Nullable String cursor, int limit) throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("A page holds at least 1 key, not " + limit);
    }
    if (cursor == null) {
      String listing = Long.toHexString(ThreadLocalRandom.current().nextLong());
      return page(listing, new byte[0], limit, null);
    }
    Matcher parts = CURSOR.matcher(cursor);
    if (parts.matches()) {
      byte[] last = decoded(parts.group(2));
      if (KeySpace.key(last).isPresent()) {
        return page(parts.group(1), last, limit, recall(cursor));
      }
    }
    throw new IllegalArgumentException(
        "'"
            + Quoted.of(cursor)
            + "' is no cursor of this store; begin with null (docs/errors.md#bad-cursor)");
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getUrlDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private Page<BobKey> page(String listing, byte[] last, int limit, @Nullable Names ahead)
      throws IOException {
    Names known = ahead == null ? read(last) : ahead;
    List<byte[]> first = known.names().stream().limit(limit).toList();
    List<BobKey> keys = first.stream().flatMap(local -> KeySpace.key(local).stream()).toList();
    byte[] end = first.isEmpty() ? last : first.get(first.size() - 1);
    Names rest = new Names(known.names().tailSet(end, false), known.areLast());
    if (rest.names().isEmpty() && rest.areLast()) {
      return new Page<>(keys, null);
    }
    String cursor = listing + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(end);
    remember(cursor, rest);
    return new Page<>(keys, cursor);
  }

  private @Nullable Names recall(String cursor) {
    synchronized (ahead) {
      return ahead.remove(cursor);
    }
  }

  private void remember(String cursor, Names rest) {
    if (rest.names().isEmpty()) {
      return;
    }
    synchronized (ahead) {
      ahead.put(cursor, rest);
      if (ahead.size() > LISTINGS) {
        ahead.remove(ahead.keySet().iterator().next());
      }
    }
  }

  /** Reads the least names after one, as many as there is room for. */
  private Names read(byte[] last) throws IOException {
    Least least = new Least(last);
    pass.run(least);
    return new Names(least.names, !least.leftSomeOut);
  }

  /** The least of many names. */
  private final class Least implements Visitor {
    private final byte[] last;
    private final NavigableSet<byte[]> names = new TreeSet<>(Arrays::compareUnsigned);
    private long bytes;
    private boolean leftSomeOut;

    Least(byte[] last) {
      this.last = last;
    }

    @Override
    public void visit(byte[] local) {
      if (Arrays.compareUnsigned(local, last) <= 0
          || leftSomeOut && Arrays.compareUnsigned(local, names.last()) >= 0
          || KeySpace.key(local).isEmpty()
          || !names.add(local)) {
        return;
      }
      bytes += local.length;
      while (names.size() > most || bytes > mostBytes) {
        bytes -= names.pollLast().length;
        leftSomeOut = true;
      }
    }
  }
}
