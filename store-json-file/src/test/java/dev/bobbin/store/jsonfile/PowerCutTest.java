package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is in a store after the power was cut, at each step of some changes and in each state that
 * the disk may be in then. What was forced in time, and in the right order, is there.
 */
class PowerCutTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final BobKey X = Items.hosted("x");
  private static final BobKey Y = Items.verified("y");
  private static final BobKey Z = Items.verified("z");
  private static final BobKey TWO_WORDS = Items.hosted("Two words");

  @TempDir private Path directory;
  @TempDir private Path afterwards;

  private final RecordedOperations recorded = new RecordedOperations();
  private final List<Phase> phases = new ArrayList<>();
  private final Map<BobKey, Optional<StoredBob>> acknowledged = new HashMap<>();
  private final Set<BobKey> evicted = new HashSet<>();
  private Instant now = NOON;
  private JsonFileBobStore store;

  /**
   * Some steps, after each of which a cut leaves the same choice.
   *
   * @param first how many steps were made before the first of its cuts
   * @param last how many were made before the last one
   * @param allowed what each key may then have
   * @param now the time, which says what has expired
   */
  private record Phase(
      int first, int last, Map<BobKey, Set<Optional<StoredBob>>> allowed, Instant now) {}

  @BeforeEach
  void open() throws IOException {
    for (BobKey key : new BobKey[] {X, Y, Z, TWO_WORDS}) {
      acknowledged.put(key, Optional.empty());
    }
    store = open(directory, NOON, recorded, warning -> {});
  }

  @Test
  void cut_anywhere_acknowledgedItemsAreThereAndAllAreWhole() throws Exception {
    change();
    assertThat(problems(new CutDisk(true, true))).isEmpty();
    assertThat(recorded.count()).isGreaterThan(40);
  }

  @Test
  void cut_besidePythonsFiles_acknowledgedItemsAreThere() throws Exception {
    acknowledged.put(TWO_WORDS, Optional.of(place(Items.item(TWO_WORDS, "Python's"))));
    change(TWO_WORDS, Optional.of(Items.item(TWO_WORDS, "ours in its place")));
    place(Items.item(TWO_WORDS, "Python's, which ours hides"));
    change(TWO_WORDS, Optional.empty());
    acknowledged.put(TWO_WORDS, Optional.of(place(Items.item(TWO_WORDS, "Python's again"))));
    change(TWO_WORDS, Optional.empty());
    assertThat(problems(new CutDisk(true, true))).isEmpty();
  }

  /** What makes room may come back, but not once its key was put or deleted anew. */
  @Test
  void cut_whileReceivedItemsAreEvicted_acknowledgedItemsAreThere() throws Exception {
    Tended tended = new Tended(directory);
    tended.files = recorded;
    store = tended.open(Limits.DEFAULT.maxBytes(), 1);
    change(Y, Optional.of(Items.item(Y, "first")));
    evicted.add(Y);
    change(Z, Optional.of(Items.item(Z, "evicts it")));
    evicted.add(Z);
    change(Y, Optional.of(Items.item(Y, "evicts that")));
    change(Y, Optional.empty());
    change(Z, Optional.empty());
    assertThat(problems(new CutDisk(true, true))).isEmpty();
  }

  /** It is gone for whoever deletes it then, and nothing is left to be forced. */
  @Test
  void cut_afterDeletingWhatWasEvicted_itDoesNotComeBack() throws Exception {
    change(Y, Optional.of(Items.item(Y, "first")));
    change(Z, Optional.of(Items.item(Z, "second")));
    Tended tended = new Tended(directory);
    tended.files = recorded;
    store = tended.open(Limits.DEFAULT.maxBytes(), 2);
    evicted.add(Y);
    change(X, Optional.of(Items.item(X, "evicts it, in the other directory")));
    change(Y, Optional.empty());
    store.close();
    store = tended.open(Limits.DEFAULT.maxBytes(), 1);
    evicted.add(Z);
    tended.timer.round();
    change(Z, Optional.empty());
    assertThat(problems(new CutDisk(true, true))).isEmpty();
  }

  /** So the test above finds it if one of the two is not done, or done too late. */
  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  void cut_forcingHasNoEffect_lossesAreFound(boolean keepsFiles, boolean keepsNames)
      throws Exception {
    change(X, Optional.of(Items.item(X, "first")));
    change(X, Optional.of(Items.item(X, "second")));
    assertThat(problems(new CutDisk(keepsFiles, keepsNames))).isNotEmpty();
  }

  @Test
  void cut_afterForcingOfDirectoryFailed_oldItemsAreThere() throws Exception {
    StoredBob old = Items.item(X, "old");
    change(X, Optional.of(old));
    fail(X, () -> store.put(Items.item(X, "fresh")), Optional.of(Items.item(X, "fresh")));
    fail(X, () -> store.delete(X), Optional.empty());
    fail(Y, () -> store.put(Items.item(Y, "fresh")), Optional.of(Items.item(Y, "fresh")));
    fail(Y, () -> store.putIf(null, Items.item(Y, "new")), Optional.of(Items.item(Y, "new")));
    StoredBob pythons = place(Items.item(TWO_WORDS, "Python's"));
    acknowledged.put(TWO_WORDS, Optional.of(pythons));
    fail(TWO_WORDS, () -> store.delete(TWO_WORDS), Optional.empty());
    assertThat(problems(new CutDisk(true, true))).isEmpty();
    assertThat(store.get(X)).contains(old);
    assertThat(store.get(TWO_WORDS)).contains(pythons);
    assertThat(store.get(Y)).isEmpty();
  }

  private void change() throws IOException {
    change(X, Optional.of(Items.item(X, "first")));
    change(X, Optional.of(Items.item(X, "second")));
    change(Y, Optional.of(Items.item(Y, "on another shelf")));
    change(X, Optional.empty());
    change(X, Optional.of(Items.item(X, "third")));
    change(Y, Optional.empty());
    change(Y, Optional.of(Items.expiring(Y, "soon over", NOON.plusSeconds(1))));
    now = NOON.plusSeconds(2);
    acknowledged.put(Y, Optional.empty());
    int before = recorded.count();
    assertThat(open(directory, now, recorded, warning -> {}).get(Y)).isEmpty();
    phases.add(new Phase(before, recorded.count(), allowed(), now));
    change(Y, Optional.of(Items.item(Y, "after it")));
    changeIf(X, Items.item(X, "over what is expected"));
    change(X, Optional.empty());
    changeIf(X, Items.item(X, "where nothing is"));
  }

  /** Under the name that a Python program uses. */
  private StoredBob place(StoredBob item) throws IOException {
    recorded.place(
        directory.resolve(item.key().cid().value()), new ItemFormat(100_000).encode(item));
    return item;
  }

  /** What is done to the store. */
  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  private void change(BobKey key, Optional<StoredBob> item) throws IOException {
    if (item.isPresent()) {
      change(key, () -> store.put(item.get()), item);
    } else {
      change(key, () -> store.delete(key), item);
    }
  }

  private void changeIf(BobKey key, StoredBob item) throws IOException {
    StoredBob expected = store.get(key).orElse(null);
    change(key, () -> assertThat(store.putIf(expected, item)).isTrue(), Optional.of(item));
  }

  /** While it is made either may be there, and then the new one. */
  private void change(BobKey key, Change change, Optional<StoredBob> item) throws IOException {
    int before = recorded.count();
    Map<BobKey, Set<Optional<StoredBob>>> either = allowed();
    either.get(key).add(item);
    change.make();
    phases.add(new Phase(before, recorded.count(), either, now));
    acknowledged.put(key, item);
    evicted.remove(key);
    phases.add(new Phase(recorded.count(), recorded.count(), allowed(), now));
  }

  /** While it fails either may be there, and then the old one. */
  private void fail(BobKey key, Change change, Optional<StoredBob> item) {
    int before = recorded.count();
    Map<BobKey, Set<Optional<StoredBob>>> either = allowed();
    either.get(key).add(item);
    recorded.refuseOnce();
    assertThatThrownBy(change::make).hasMessageContaining(Problems.UNTOUCHED);
    phases.add(new Phase(before, recorded.count(), either, now));
    phases.add(new Phase(recorded.count(), recorded.count(), allowed(), now));
  }

  private Map<BobKey, Set<Optional<StoredBob>>> allowed() {
    Map<BobKey, Set<Optional<StoredBob>>> allowed = new HashMap<>();
    acknowledged.forEach((key, item) -> allowed.put(key, new HashSet<>(Set.of(item))));
    evicted.forEach(key -> allowed.get(key).add(Optional.empty()));
    return allowed;
  }

  /** A state in which the disk may be, and what has to be found in it. */
  private record Found(
      Map<Path, String> files, Map<BobKey, Set<Optional<StoredBob>>> allowed, Instant now) {}

  private List<String> problems(CutDisk disk) throws IOException {
    Set<Found> all = new HashSet<>();
    int steps = 0;
    for (Phase phase : phases) {
      for (int cut = phase.first(); cut <= phase.last(); cut++) {
        while (steps < cut) {
          recorded.replay(steps++, disk);
        }
        disk.afterCut().forEach(files -> all.add(new Found(files, phase.allowed(), phase.now())));
      }
    }
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (Found each : all) {
      look(each, afterwards.resolve(Integer.toString(number++)), problems);
    }
    return problems;
  }

  private void look(Found found, Path place, List<String> problems) throws IOException {
    Files.createDirectories(place.resolve(StoreDirectory.RECEIVED));
    for (Map.Entry<Path, String> file : found.files().entrySet()) {
      Path path = place.resolve(directory.relativize(file.getKey()));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue(), StandardCharsets.ISO_8859_1);
    }
    try (JsonFileBobStore after =
        open(place, found.now(), new UnforcedOperations(), problems::add)) {
      for (Map.Entry<BobKey, Set<Optional<StoredBob>>> key : found.allowed().entrySet()) {
        Optional<StoredBob> item = after.get(key.getKey());
        if (!key.getValue().contains(item)) {
          problems.add(key.getKey() + " has " + item + ", not one of " + key.getValue());
        }
      }
    }
  }

  private static JsonFileBobStore open(
      Path place, Instant now, FileOperations files, Consumer<String> warn) throws IOException {
    return JsonFileBobStore.open(place, () -> now, 8192, files, warn, time -> {});
  }

  /** The real disk, in less time. */
  private static final class UnforcedOperations extends DelegatingOperations {
    @Override
    public void force(FileChannel channel) {}

    @Override
    public void forceDirectory(Path directory) {}
  }
}
