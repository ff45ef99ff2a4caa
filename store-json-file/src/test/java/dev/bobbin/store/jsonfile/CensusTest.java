package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CensusTest {
  private static final Tally ONE = Tally.file(1);
  private static final Tally TEN = Tally.file(10);

  private final Census census = new Census();

  @Test
  void changed_beforeItsTurn_isCountedAsItIsThen() {
    census.read(List.of("a", "b"), false);
    census.changed("b", ONE, TEN);
    census.count("a", ONE);
    census.count("b", TEN);
    assertThat(census.next()).isNull();
    assertThat(census.counted()).isEqualTo(new Tally(2, 11));
  }

  @Test
  void changed_afterItsTurn_changesTheCount() {
    census.read(List.of("a", "b"), false);
    census.count("a", ONE);
    census.changed("a", ONE, TEN);
    assertThat(census.counted()).isEqualTo(TEN);
    census.changed("a", TEN, Tally.NONE);
    assertThat(census.counted()).isEqualTo(Tally.NONE);
  }

  @Test
  void changed_newBetweenCountedNames_isCountedOnce() {
    census.read(List.of("a", "c"), false);
    census.count("a", ONE);
    census.changed("b", Tally.NONE, TEN);
    census.count("c", ONE);
    assertThat(census.next()).isEqualTo("b");
    census.changed("b", TEN, ONE);
    census.count("b", ONE);
    assertThat(census.next()).isNull();
    assertThat(census.counted()).isEqualTo(new Tally(3, 3));
  }

  @Test
  void next_behindWhatWasRead_waitsForItsNames() {
    census.read(List.of("a", "b"), true);
    census.changed("c", Tally.NONE, ONE);
    census.count("a", ONE);
    census.count("b", ONE);
    assertThat(census.next()).isNull();
    assertThat(census.isFinished()).isFalse();
    assertThat(census.readTo()).isEqualTo("b");
    census.read(List.of(), false);
    assertThat(census.next()).isEqualTo("c");
  }

  @Test
  void changed_farAheadOfWhatWasRead_isNotedUpToABound() {
    for (int i = 0; i < DirectoryNames.WINDOW + 10; i++) {
      census.changed("x" + i, Tally.NONE, ONE);
    }
    census.read(List.of(), false);
    int noted = 0;
    for (String name = census.next(); name != null; name = census.next()) {
      census.count(name, ONE);
      noted++;
    }
    assertThat(noted).isEqualTo(DirectoryNames.WINDOW);
  }

  @Test
  void count_theLastOne_leavesNoGapBeforeTheEnd() {
    Quota quota = new Quota(Path.of("anywhere"), Limits.DEFAULT);
    DirectoryCount count = quota.hosted();
    count.begin();
    count.read(List.of("a"), false);
    count.count("a", ONE);
    assertThat(count.next()).isNull();
    quota.settle(count, "b", Tally.NONE, Tally.NONE, TEN);
    assertThat(count.isFinished()).isTrue();
    assertThat(quota.total()).isEqualTo(new Tally(2, 11));
    quota.settle(count, "b", Tally.NONE, TEN, Tally.NONE);
    assertThat(quota.total()).isEqualTo(ONE);
  }

  /** Any order of reading names, counting and changing, of which the directory is the oracle. */
  @Test
  void counted_whateverIsChangedMeanwhile_isWhatIsThere() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Census any = new Census();
      TreeMap<String, Tally> files = new TreeMap<>();
      for (int i = 0; i < random.nextInt(40); i++) {
        files.put(name(random), Tally.file(random.nextInt(100)));
      }
      while (!any.isFinished()) {
        String next = any.next();
        if (random.nextInt(3) == 0) {
          change(any, files, random);
        } else if (next != null) {
          any.count(next, files.getOrDefault(next, Tally.NONE));
        } else {
          List<String> names =
              files.tailMap(any.readTo(), false).keySet().stream().limit(5).toList();
          // What is renamed while names are read may be missing.
          change(any, files, random);
          any.read(names, names.size() == 5);
        }
      }
      change(any, files, random);
      Tally all = files.values().stream().reduce(Tally.NONE, Tally::plus);
      assertThat(any.counted()).as("seed %d", seed).isEqualTo(all);
    }
  }

  private static String name(Random random) {
    return "x" + random.nextInt(60);
  }

  private static void change(Census census, TreeMap<String, Tally> files, Random random) {
    String name = name(random);
    Tally before = files.getOrDefault(name, Tally.NONE);
    Tally after = random.nextBoolean() ? Tally.NONE : Tally.file(random.nextInt(100));
    if (after.equals(Tally.NONE)) {
      files.remove(name);
    } else {
      files.put(name, after);
    }
    census.changed(name, before, after);
  }
}
