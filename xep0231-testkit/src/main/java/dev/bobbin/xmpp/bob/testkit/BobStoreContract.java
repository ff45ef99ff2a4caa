package dev.bobbin.xmpp.bob.testkit;

/**
 * What a {@link dev.bobbin.xmpp.bob.spi.BobStore} is, as tests. The author of a store extends it
 * with two methods:
 *
 * <pre>{@code
 * class MyStoreTest extends BobStoreContract {
 *   @Override protected BobStoreProvider provider() { return new MyStoreProvider(); }
 *   @Override protected StoreTraits traits() {
 *     return StoreTraits.persistent().placedBy("directory");
 *   }
 * }
 * }</pre>
 *
 * <p>and, for a store that takes more settings than a place on disk, {@link #settings()}. The store
 * must hold a thousand small items. {@link StoreTraits} says what can be excused, and how.
 *
 * <p>Every field comes back exactly as it was put: instants to the nanosecond, durations to the
 * second.
 *
 * <p>A persistent store is given damaged files as well: cut short, emptied, overwritten, appended
 * to, with bits flipped, beside files of others. A look-up then gives exactly what was put, or
 * nothing, or an {@link java.io.IOException}, and opening may be refused likewise. Where a file is
 * one item's, which the kit finds out by taking it away, its damage leaves the others as they were.
 * A store that says so in its traits tells of it by {@code damage}; none tells of what is whole,
 * has expired or is not there. {@code usage}, where it is not empty, counts each item once.
 *
 * <p>Where several processes may have the store's place, and to kill one, the kit starts Java
 * programs that open the store: its provider then needs a constructor without parameters, as {@link
 * java.util.ServiceLoader} does.
 *
 * <p>What this does not do: bounds that are a store's own, and power failures. That arrays are
 * copied needs no test, since the values that a store is given never change.
 */
public abstract class BobStoreContract extends ProcessContract {
  /** For subclasses. */
  protected BobStoreContract() {}
}
