package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What every part of the contract needs: stores that are closed after the test, and items. */
@ExtendWith(StoreTimeout.class)
abstract class StoreFixture {
  static final Jid ALICE = Jid.of("alice@example.org");
  static final Jid ROOM = Jid.of("room@muc.example.org");

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration BRIEF = Duration.ofMillis(300);

  /** Begins at the real time, which other processes have as well. */
  final MutableClock clock = new MutableClock(Instant.now());

  private final List<BobStore> opened = new ArrayList<>();
  @TempDir private Path folder;

  StoreFixture() {}

  /**
   * The provider under test.
   *
   * @return a provider
   */
  protected abstract BobStoreProvider provider();

  /**
   * What the store declares: whether its items outlive it, by which setting the kit gives it a
   * place on disk, and which parts of the contract are excused, and why.
   *
   * @return the traits, the same in each call
   */
  protected abstract StoreTraits traits();

  /**
   * What the store is opened with besides the place that {@link StoreTraits#placedBy} names. For a
   * store without one, it must lead to a place that is empty when a test begins, and the same
   * during one test.
   *
   * @return none, unless overridden
   */
  protected Settings settings() {
    return Settings.none();
  }

  /** Ends the test as skipped, with the reason, where a part is excused. */
  final void require(StoreTraits.Part part) {
    traits().excuse(part).ifPresent(reason -> Assumptions.abort(reason));
  }

  /** Where the store's files are, or are to be; empty when the kit does not know. */
  final Optional<Path> place() {
    return traits().placeKey().map(key -> surroundings().resolve("place"));
  }

  /** The directory that holds the store's place and nothing else. */
  final Path surroundings() {
    return folder.toAbsolutePath();
  }

  /** After how long a call that does not end is taken for hanging; a test has twice that. */
  Duration patience() {
    return Duration.ofSeconds(60);
  }

  private boolean hasOwnClock() {
    return traits().excuse(StoreTraits.Part.INJECTED_CLOCK).isPresent();
  }

  /** The time by which the store expires items. */
  final Instant now() {
    return hasOwnClock() ? Instant.now() : clock.instant();
  }

  /** A life that {@link #letPass} can see the end of. */
  final Duration life() {
    return hasOwnClock() ? BRIEF : HOUR;
  }

  /** Returns when the store's clock is that much later. */
  final void letPass(Duration time) throws InterruptedException {
    clock.advance(time);
    if (hasOwnClock()) {
      // Nothing tells when a clock elsewhere has reached a time; the rest is for its being late.
      Thread.sleep(time.plus(BRIEF).toMillis());
    }
  }

  /** All that the store is opened with, and more of it. */
  final Map<String, String> values(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    Settings given = settings();
    given.keys().forEach(key -> given.text(key).ifPresent(value -> values.put(key, value)));
    place()
        .ifPresent(
            path -> {
              String key = traits().placeKey().orElseThrow();
              if (values.put(key, path.toString()) != null) {
                throw new IllegalStateException(
                    "settings() and placedBy both set '" + key + "': leave it to placedBy");
              }
            });
    return values;
  }

  /** Closes all that the test has opened, also when one of them fails. */
  @AfterEach
  void closeStores() {
    Assertions.assertAll(opened.stream().map(this::closing));
  }

  private Executable closing(BobStore store) {
    return () -> Assertions.assertTimeoutPreemptively(patience(), store::close, "close() hangs");
  }

  BobStore open() throws IOException {
    return open(StoreContext.DEFAULT_MAX_ITEM_BYTES);
  }

  BobStore open(int maxItemBytes) throws IOException {
    return open(maxItemBytes, Map.of());
  }

  BobStore open(int maxItemBytes, Map<String, String> more) throws IOException {
    BobStore store = openOnly(maxItemBytes, more);
    opened.add(store);
    return store;
  }

  /** Opens a store that the test itself closes. */
  BobStore openOnly() throws IOException {
    return openOnly(StoreContext.DEFAULT_MAX_ITEM_BYTES, Map.of());
  }

  private BobStore openOnly(int maxItemBytes, Map<String, String> more) throws IOException {
    BobStoreProvider provider = provider();
    return provider.open(
        StoreContext.of(ALICE)
            .withSettings(Settings.of(provider.name(), values(more)))
            .withClock(hasOwnClock() ? InstantSource.system() : clock)
            .withMaxItemBytes(maxItemBytes));
  }

  static BobKey hosted(String cid) {
    return BobKey.hosted(ContentId.of(cid));
  }

  static BobKey from(String jid, ContentId cid) {
    return new BobKey(new Shelf.From(Jid.of(jid)), cid);
  }

  StoredBob item(String cid, String text) {
    return item(hosted(cid), text);
  }

  StoredBob item(BobKey key, String text) {
    return item(key, BobData.utf8(text), null);
  }

  StoredBob item(BobKey key, BobData data, @Nullable Instant expiresAt) {
    Bob bob = new Bob(key.cid(), "text/plain", data, null);
    return new StoredBob(key, bob, clock.instant(), expiresAt, null);
  }

  /** An item on a shelf that received ones go to. */
  StoredBob received(String cid, String text) {
    return item(from("room@muc.example.org/a", ContentId.of(cid)), text);
  }

  StoredBob expiring(BobKey key, String text, Duration life) {
    return item(key, BobData.utf8(text), now().plus(life));
  }
}
