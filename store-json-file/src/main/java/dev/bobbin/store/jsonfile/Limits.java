package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.api.plugin.Settings;

/**
 * How much a store may hold.
 *
 * @param maxBytes the greatest total length of its files
 * @param maxEntries the greatest number of its files
 */
record Limits(long maxBytes, long maxEntries) {
  static final String MAX_BYTES = "max-bytes";
  static final String MAX_ENTRIES = "max-entries";

  /** Room for a hundred thousand items of the greatest size that is common. */
  static final Limits DEFAULT = new Limits(1L << 30, 1_000_000);

  private static final long LEAST_BYTES = 1024;
  private static final long MOST = Long.MAX_VALUE / 4;

  static Limits of(Settings settings) {
    return new Limits(
        settings.number(MAX_BYTES, DEFAULT.maxBytes, LEAST_BYTES, MOST),
        settings.number(MAX_ENTRIES, DEFAULT.maxEntries, 1, MOST));
  }
}
