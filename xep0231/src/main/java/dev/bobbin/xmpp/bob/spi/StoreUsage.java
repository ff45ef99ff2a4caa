package dev.bobbin.xmpp.bob.spi;

/**
 * How full a store is, by its own count.
 *
 * @param bytes what is taken, as the bounds of this store count it
 * @param entries how many are there; those that have expired are among them until they are removed
 * @param complete whether all was counted since the store was opened; otherwise these are those
 *     counted so far, and there may be more
 * @param evicted how many received items this store has pushed out since it was opened, to make
 *     room for others
 */
public record StoreUsage(long bytes, long entries, boolean complete, long evicted) {}
