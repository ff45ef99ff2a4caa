package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.bob.spi.BobStore;
import java.util.Objects;

/** What can be done with any stores. */
public final class BobStores {
  private BobStores() {}

  /**
   * Copies all items, from the first on: {@link #copy(BobStore, BobStore, CopyOptions)} with {@link
   * CopyOptions#defaults}.
   *
   * @param from where the items are
   * @param to where they are to be as well
   * @return what was done, item by item; complete
   * @throws CopyException when it ended before; the exception carries what was done
   * @throws IllegalArgumentException when both are the same store
   */
  public static CopyReport copy(BobStore from, BobStore to) throws CopyException {
    return copy(from, to, CopyOptions.defaults());
  }

  /**
   * Copies items, on every shelf unless a filter says otherwise, while applications go on using
   * both stores.
   *
   * <ul>
   *   <li>The item that was stored later wins: one in {@code to} that is newer stays, and what is
   *       put there meanwhile is never lost, as {@link BobStore#putIf} has it. Where that is not
   *       atomic, a put at the very moment may be.
   *   <li>Whatever is equal on both sides is skipped. So a copy that was ended, even killed, is
   *       simply started again, and a second one brings what has changed since.
   *   <li>Each item that was put is read back and compared. What is not equal is a problem of the
   *       report, and so are what {@code to} refuses, and what {@code from} lists and does not
   *       give: so damage shows. When all have had their turn, each that was put, or was there, is
   *       looked for once more: what {@code to} has pushed out to make room for others is a problem
   *       too, {@link CopyOutcome#GONE}. Of what only {@code to} had, nothing is known: if that
   *       store is bounded, see that it has room, by {@link BobStore#usage}.
   *   <li>To look is a use: what a store in memory pushes out next is decided by the order of the
   *       copy, and not by what the application used last before it.
   *   <li>It adds, and never deletes. What is deleted in {@code from} while its turn lasts, or
   *       pushed out, or expires, or cannot be read for a moment, is taken back, and listed as
   *       such; what is deleted there later stays in {@code to}; and what is deleted in {@code to}
   *       alone comes back with the next copy. While items move, delete in both, in {@code from}
   *       first: the other way round, a copy may put it there again in between.
   * </ul>
   *
   * <p>Blocks for as long as that takes, on the calling thread; memory is bounded by a page of keys
   * and 2 MiB. Several copies may run at once. A copy that returns has come to its end, which does
   * not mean that all were copied: its problems say what was not.
   *
   * @param from where the items are; it is only read
   * @param to where they are to be as well
   * @param options where to begin, whom to tell, and what is too much
   * @return what was done, item by item; complete
   * @throws CopyException when {@code from} cannot be listed, too many items in a row have failed,
   *     or the thread was interrupted, which it then still is; the exception carries what was done
   * @throws IllegalArgumentException when both are the same store, or the cursor is not one of
   *     {@code from}'s
   * @throws IllegalStateException when {@code from} is closed
   */
  public static CopyReport copy(BobStore from, BobStore to, CopyOptions options)
      throws CopyException {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(options, "options");
    if (from == to) {
      throw new IllegalArgumentException(
          "The store in "
              + from.place()
              + " cannot be copied to itself; give two (docs/errors.md#copy-ended)");
    }
    return new StoreCopy(from, to, options).run();
  }
}
