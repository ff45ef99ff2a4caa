package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the keys of the two directories, hosted ones first, by the order of their names. The cursor
 * is the last name listed; a name stays the same as long as its key is there.
 *
 * <p>Names are read ahead for some pages ({@link NameWindow}), and a file's content only where its
 * name does not tell the key. Whatever has no name of a key is skipped: hidden and foreign files,
 * links, directories.
 *
 * <p>A file with a raw name ({@link RawNames}) has its place where the key's own name would be, so
 * that a key is listed once, even if one becomes the other between two pages.
 */
final class KeyListing {
  /** Bounds the memory of a page, however many keys are wanted. */
  static final int MOST = 1000;

  private static final String HOSTED = "hosted/";
  private static final String RECEIVED = "received/";

  /** Between a key's name and a raw one; lower than what names are made of. */
  private static final char RAW = '\u0001';

  /** After a name, behind all the raw names of that key. */
  private static final char BEHIND_RAW = '\u0002';

  private final ItemDirectory hosted;
  private final ItemDirectory received;
  private final ItemNames keys;
  private final RawNames raw;
  private final NameWindow window = new NameWindow(DirectoryNames.WINDOW, System::nanoTime);

  KeyListing(ItemDirectory hosted, ItemDirectory received, ItemNames keys, RawNames raw) {
    this.hosted = hosted;
    this.received = received;
    this.keys = keys;
    this.raw = raw;
  }

  Page<BobKey> page(@Nullable String cursor, int limit) throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("A page holds at least 1 key, not " + limit);
    }
    if (cursor == null) {
      return page(hosted, HOSTED, "", limit);
    }
    if (cursor.startsWith(HOSTED) && ItemNames.isName(cursor.substring(HOSTED.length()))) {
      return page(hosted, HOSTED, cursor.substring(HOSTED.length()), limit);
    }
    if (cursor.equals(RECEIVED)) {
      return page(received, RECEIVED, "", limit);
    }
    if (cursor.startsWith(RECEIVED) && ItemNames.isName(cursor.substring(RECEIVED.length()))) {
      return page(received, RECEIVED, cursor.substring(RECEIVED.length()), limit);
    }
    throw new IllegalArgumentException(
        "'"
            + Quoted.of(cursor)
            + "' is no cursor of this store; begin with null (docs/errors.md#bad-cursor)");
  }

  private Page<BobKey> page(ItemDirectory directory, String part, String after, int limit)
      throws IOException {
    int most = Math.min(limit, MOST);
    String begin = after.isEmpty() ? after : after + BEHIND_RAW;
    List<String> names = window.after(directory, begin, most + 1, name -> entry(directory, name));
    boolean more = names.size() > most;
    List<String> listed = more ? names.subList(0, most) : names;
    Set<BobKey> keys = new LinkedHashSet<>();
    for (String name : listed) {
      keyOfEntry(directory, name).ifPresent(keys::add);
    }
    List<BobKey> page = List.copyOf(keys);
    if (more) {
      return new Page<>(page, part + ownName(listed.get(most - 1)));
    }
    if (part.equals(RECEIVED)) {
      window.forgetLast();
    }
    return new Page<>(page, part.equals(HOSTED) ? RECEIVED : null);
  }

  void forgetUnused() {
    window.forgetUnused();
  }

  /** A name that may be a key's, or such a name and the raw one; null for a foreign file. */
  private @Nullable String entry(ItemDirectory directory, String fileName) {
    Optional<BobKey> key = keys.rawKey(directory, fileName);
    if (key.isPresent()) {
      return key.get().safeName() + RAW + fileName;
    }
    return keys.belongs(directory, fileName) ? fileName : null;
  }

  private static String ownName(String entry) {
    int raw = entry.indexOf(RAW);
    return raw < 0 ? entry : entry.substring(0, raw);
  }

  /** The key of what is listed, by its name or by its content; empty where neither tells one. */
  private Optional<BobKey> keyOfEntry(ItemDirectory directory, String entry) throws IOException {
    String name = ownName(entry);
    if (!name.equals(entry)) {
      Optional<BobKey> key = raw.key(entry.substring(name.length() + 1));
      if (key.isPresent() && raw.holds(key.get())) {
        return key;
      }
    }
    return keys.key(directory, name);
  }
}
