package dev.bobbin.store.memory;

/**
 * What a store in memory takes.
 *
 * @param bytes what its entries count as
 * @param entries how many there are
 */
public record Usage(long bytes, int entries) {}
