package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.testkit.DamagedStore.Demand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * The part of the contract about files that are no longer what the store wrote.
 *
 * <p>A store has some items put and is closed. Then one file after another is damaged in one way
 * after another, the rest is put back as it was, and the store is opened and asked again.
 */
abstract class DamageContract extends AsyncContract {
  private volatile String current = "the store";

  DamageContract() {}

  @Test
  void get_fileDamagedAsAWhole_givesWhatWasPutOrNothing() throws Exception {
    withFiles((place, items) -> damageEach(place, items, Damage::ofWhole, Demand.EXACT));
  }

  @Test
  void get_fileDamagedInParts_givesWhatWasPutOrNothing() throws Exception {
    require(StoreTraits.Part.CHECKSUM);
    withFiles((place, items) -> damageEach(place, items, Damage::ofParts, Demand.EXACT));
  }

  @Test
  void get_fileDamagedInParts_givesNoDataOfAnotherHash() throws Exception {
    withFiles((place, items) -> damageEach(place, items, Damage::ofParts, Demand.HASHES));
  }

  @Test
  void damage_fileDamagedAsAWhole_isTold() throws Exception {
    require(StoreTraits.Part.PERSISTENCE);
    require(StoreTraits.Part.FILES);
    Assumptions.assumeTrue(
        traits().isDamageTold(), "it need not tell: traits() have no tellsDamage()");
    withFiles(this::requireTold);
  }

  @Test
  void get_allFilesEmptied_givesWhatWasPutOrNothing() throws Exception {
    withFiles(
        (place, items) -> {
          Map<Path, byte[]> empty = new LinkedHashMap<>();
          place.files().keySet().forEach(file -> empty.put(file, new byte[0]));
          place.restore(empty);
          current = "with all files emptied";
          ask(items, Demand.EXACT, Set.of());
        });
  }

  @Test
  void get_foreignFilesBeside_givesWhatWasPut() throws Exception {
    withFiles(
        (place, items) -> {
          place.restore(foreignFiles(place));
          current = "with foreign files";
          ask(items, Demand.EXACT, items.keySet());
        });
  }

  /** What is done to the files of a closed store that held some items. */
  @FunctionalInterface
  private interface Trial {
    void run(PlaceOnDisk place, Map<BobKey, StoredBob> items) throws Exception;
  }

  private void withFiles(Trial trial) throws Exception {
    require(StoreTraits.Part.PERSISTENCE);
    require(StoreTraits.Part.FILES);
    if (place().isEmpty()) {
      throw new AssertionError(
          "traits() say neither placedBy(...), for files that can be damaged, nor noFiles(...)");
    }
    Map<BobKey, StoredBob> items = someItems();
    try (BobStore store = open()) {
      for (StoredBob item : items.values()) {
        store.put(item);
      }
    }
    PlaceOnDisk place = PlaceOnDisk.of(surroundings());
    assertThat(place.files()).as("files in the place that placedBy(...) sets").isNotEmpty();
    Executable all = () -> trial.run(place, items);
    assertTimeoutPreemptively(patience(), all, () -> "it hangs " + current);
  }

  private void damageEach(
      PlaceOnDisk place,
      Map<BobKey, StoredBob> items,
      Function<byte[], List<Damage>> damages,
      Demand demand)
      throws Exception {
    for (Map.Entry<Path, byte[]> file : place.files().entrySet()) {
      String name = place.root().relativize(file.getKey()).toString();
      place.restoreWithout(file.getKey());
      current = "without " + name;
      Set<BobKey> neighbours = neighbours(items, ask(items, Demand.EXACT, Set.of()));
      for (Damage damage : damages.apply(file.getValue())) {
        place.restore(Map.of(file.getKey(), damage.bytes().toByteArray()));
        current = "with " + name + " " + damage.what();
        ask(items, demand, neighbours);
      }
    }
  }

  private void requireTold(PlaceOnDisk place, Map<BobKey, StoredBob> items) throws Exception {
    int told = 0;
    for (Map.Entry<Path, byte[]> file : place.files().entrySet()) {
      String name = place.root().relativize(file.getKey()).toString();
      place.restoreWithout(file.getKey());
      current = "without " + name;
      Set<BobKey> neighbours = neighbours(items, ask(items, Demand.EXACT, Set.of()));
      if (neighbours.isEmpty()) {
        continue;
      }
      Set<BobKey> owner = new LinkedHashSet<>(items.keySet());
      owner.removeAll(neighbours);
      for (Damage damage : Damage.beyondDoubt(file.getValue())) {
        place.restore(Map.of(file.getKey(), damage.bytes().toByteArray()));
        current = "with " + name + " " + damage.what();
        try (DamagedStore store = new DamagedStore(items, Demand.EXACT, current)) {
          if (store.open(this::openOnly)) {
            store.requireTold(owner.iterator().next());
          }
        }
        told++;
      }
    }
    assertThat(told).as("damages of a file that is one item's, as tellsDamage() says").isPositive();
  }

  /** All but one, if without the file exactly that one is missing: then the file is that item's. */
  private static Set<BobKey> neighbours(Map<BobKey, StoredBob> items, Set<BobKey> left) {
    return left.size() == items.size() - 1 ? left : Set.of();
  }

  /** Opens, looks everything up, mends what is missing; returns what was there exactly. */
  private Set<BobKey> ask(Map<BobKey, StoredBob> items, Demand demand, Set<BobKey> needed) {
    DamagedStore store = new DamagedStore(items, demand, current);
    Set<BobKey> exact;
    try (store) {
      exact = store.open(this::openOnly) ? store.askAll() : Set.of();
    }
    if (!exact.containsAll(needed)) {
      Assertions.fail(
          current + " there are only " + exact + " of " + needed + ". " + store.refusal());
    }
    return exact;
  }

  private Map<Path, byte[]> foreignFiles(PlaceOnDisk place) {
    byte[] noise = new byte[100];
    new Random(HostileContentIds.SEED).nextBytes(noise);
    Set<Path> directories = new LinkedHashSet<>(place.directories());
    place.files().keySet().forEach(file -> directories.add(file.getParent()));
    Map<Path, byte[]> foreign = new LinkedHashMap<>();
    for (Path directory : directories) {
      for (String name :
          new String[] {".DS_Store", "Thumbs.db", "README.txt", "foreign", "x.tmp", "core", "a~"}) {
        foreign.put(directory.resolve(name), noise);
      }
      foreign.put(directory.resolve("empty"), new byte[0]);
    }
    place.files().keySet().forEach(foreign::remove);
    return foreign;
  }

  private Map<BobKey, StoredBob> someItems() {
    Map<BobKey, StoredBob> items = new LinkedHashMap<>();
    String text = "a text that is long enough to be torn. ".repeat(8);
    Bob hashed = Bob.of(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    List<StoredBob> all = new ArrayList<>();
    all.add(new StoredBob(BobKey.hosted(hashed.cid()), hashed, clock.instant(), null, null));
    all.add(item("plain", text));
    all.add(item("empty", ""));
    all.add(item("../hostile name", text + text));
    all.add(received("received", text));
    BobKey verified = new BobKey(Shelf.VERIFIED, Bob.of(new byte[2], "a/b").cid());
    all.add(item(verified, BobData.of(new byte[2]), null));
    all.add(expiring(hosted("expiring"), text, life().plusHours(1)));
    all.forEach(item -> items.put(item.key(), item));
    return items;
  }
}
