package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.StoredBob;
import org.jspecify.annotations.Nullable;

/**
 * What there is under a name: an item, or something that is none, or nothing.
 *
 * @param item null when there is none
 * @param damage why what is there is no item; null when it is one, or nothing is there
 */
record Found(@Nullable StoredBob item, @Nullable DamagedFileException damage) {
  static final Found NOTHING = new Found(null, null);
}
