package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store over damaged files: each call of it may fail with an {@link IOException}, and no other.
 */
final class DamagedStore implements AutoCloseable {
  private final Map<BobKey, StoredBob> items;
  private final Demand demand;
  private final String how;
  private @Nullable BobStore store;
  private String refusal = "Nothing was refused";

  /**
   * Does not open it yet.
   *
   * @param items what was put before the damage
   * @param demand what a look-up may give
   * @param how the damage, for messages
   */
  DamagedStore(Map<BobKey, StoredBob> items, Demand demand, String how) {
    this.items = items;
    this.demand = demand;
    this.how = how;
  }

  /** What a look-up may give when it gives something. */
  enum Demand {
    /** Exactly what was put. */
    EXACT,
    /** Something of that key; the very data, where the content-id carries its hash. */
    HASHES;

    boolean allows(StoredBob found, StoredBob put) {
      if (this == EXACT) {
        return found.equals(put);
      }
      boolean sameData = found.bob().data().equals(put.bob().data());
      return found.key().equals(put.key()) && (sameData || !put.key().cid().isVerifiable());
    }
  }

  /** A call of the store. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /** Empty when it was refused, as it may be. */
  private <T> Optional<T> attempt(String what, Call<T> call) {
    try {
      return Optional.of(call.run());
    } catch (IOException e) {
      refusal = "Refused " + what + ": " + e;
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          how + ", " + what + " throws " + e + "; IOException is what it may throw", e);
    }
  }

  /** Whether it could be opened. */
  boolean open(Call<BobStore> opening) {
    store = attempt("opening", opening).orElse(null);
    return store != null;
  }

  /** What was refused last, for messages. */
  String refusal() {
    return refusal;
  }

  /** Looks everything up, lists, and mends what is missing; gives what was there exactly. */
  Set<BobKey> askAll() {
    Set<BobKey> exact = new LinkedHashSet<>();
    for (StoredBob item : items.values()) {
      Optional<StoredBob> found = get(item.key());
      if (found.isPresent() && !demand.allows(found.get(), item)) {
        throw new AssertionError(
            how + ", get gives what was never put: " + found.get() + " in place of " + item);
      }
      if (found.equals(Optional.of(item))) {
        exact.add(item.key());
        damage(item.key())
            .ifPresent(
                told -> {
                  throw new AssertionError(
                      how + ", damage tells of an item that is whole: " + item + ": " + told);
                });
      }
    }
    attempt("scan", () -> Pages.keys(open(), 3))
        .ifPresent(listed -> requireListed(new LinkedHashSet<>(listed), exact));
    if (demand == Demand.EXACT) {
      items.values().stream().filter(item -> !exact.contains(item.key())).forEach(this::mend);
    }
    return exact;
  }

  private BobStore open() {
    return Objects.requireNonNull(store, "store");
  }

  private Optional<StoredBob> get(BobKey key) {
    return attempt("get", () -> open().get(key)).flatMap(found -> found);
  }

  private Optional<String> damage(BobKey key) {
    return attempt("damage", () -> open().damage(key)).flatMap(told -> told);
  }

  /** Of what is not there because it is damaged; an exception tells as well. */
  void requireTold(BobKey key) {
    Optional<Optional<StoredBob>> found = attempt("get", () -> open().get(key));
    Optional<Optional<String>> damage = attempt("damage", () -> open().damage(key));
    boolean isAbsent = found.isPresent() && found.get().isEmpty();
    if (isAbsent && damage.isPresent() && damage.get().filter(told -> !told.isBlank()).isEmpty()) {
      throw new AssertionError(how + ", there is no item, and damage does not say why: " + key);
    }
  }

  private void requireListed(Set<BobKey> listed, Set<BobKey> exact) {
    if (!listed.containsAll(exact)) {
      throw new AssertionError(how + ", scan leaves out some of " + exact + ": " + listed);
    }
    if (demand == Demand.HASHES) {
      return;
    }
    for (BobKey key : listed) {
      if (!items.containsKey(key) && get(key).isPresent()) {
        throw new AssertionError(how + ", there is an item that was never put: " + key);
      }
    }
  }

  /** An item that is put and acknowledged is there, and gone once deleted. */
  private void mend(StoredBob item) {
    boolean put = attempt("put", () -> done(() -> open().put(item))).isPresent();
    Optional<Optional<StoredBob>> found = attempt("get", () -> open().get(item.key()));
    if (put && found.isPresent() && !found.get().equals(Optional.of(item))) {
      throw new AssertionError(how + ", an item is not there though it was put again: " + item);
    }
    boolean deleted = attempt("delete", () -> open().delete(item.key())).isPresent();
    if (deleted && get(item.key()).isPresent()) {
      throw new AssertionError(how + ", an item is there though it was deleted: " + item);
    }
  }

  /** A call of the store that gives nothing. */
  @FunctionalInterface
  private interface Change {
    void run() throws IOException;
  }

  private static Boolean done(Change change) throws IOException {
    change.run();
    return true;
  }

  @Override
  public void close() {
    BobStore opened = store;
    if (opened != null) {
      attempt("close", () -> done(opened::close));
    }
  }
}
