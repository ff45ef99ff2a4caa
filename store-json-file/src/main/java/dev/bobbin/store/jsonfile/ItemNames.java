package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells which names in the two directories may be items', of which key, and in whose turn a file
 * changes. All other files are foreign: they are counted, and left alone.
 */
final class ItemNames {
  private static final Pattern NAME = Pattern.compile("[a-z0-9@+\\-%_=][a-z0-9@+\\-.%_=]{0,199}");

  private final ItemDirectory hosted;
  private final ItemDirectory received;
  private final ItemReader reader;
  private final RawNames raw;

  ItemNames(ItemDirectory hosted, ItemDirectory received, ItemReader reader, RawNames raw) {
    this.hosted = hosted;
    this.received = received;
    this.reader = reader;
    this.raw = raw;
  }

  /** Whether a name may be a key's in some directory. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The escape leaves a leading underscore to the other shelves, and to names made of a hash. */
  boolean belongs(ItemDirectory directory, String name) {
    boolean marked = name.startsWith("_");
    return isName(name) && (directory == received ? marked : !marked || name.startsWith("_h-"));
  }

  /** The key that a file has by its name, or by its content; empty where neither tells one. */
  Optional<BobKey> key(ItemDirectory directory, String name) throws IOException {
    if (!ItemReader.isFile(directory.file(name))) {
      return Optional.empty();
    }
    Optional<BobKey> key = BobKey.ofSafeName(name);
    if (key.isEmpty() && name.startsWith("_")) {
      key = reader.key(directory.file(name), name);
    }
    return key.filter(k -> k.shelf() instanceof Shelf.Hosted == (directory == hosted));
  }

  /** The key of which a file would have the raw name ({@link RawNames}). */
  Optional<BobKey> rawKey(ItemDirectory directory, String name) {
    return directory == hosted ? raw.key(name) : Optional.empty();
  }

  /** The name in whose turn that file changes: of a raw name, its key's own. */
  String turn(ItemDirectory directory, String name) {
    return rawKey(directory, name).map(BobKey::safeName).orElse(name);
  }
}
