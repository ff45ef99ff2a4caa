package dev.bobbin.crash;

import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The program that shares a store with other processes. It says that it is ready, waits for a line,
 * puts, gets and deletes as often as it was told to, and says what it has counted. What is wrong is
 * told on standard error.
 */
final class SharerProgram {
  private static final int MOST_BYTES = 8192;

  private final BobStore store;
  private final int writer;
  private final SplittableRandom random;
  private final List<Long> highest =
      new ArrayList<>(Collections.nCopies(SharedKeys.JVMS + SharedKeys.PYTHONS, 0L));
  private long puts;
  private long deletes;
  private long whole;
  private long absent;
  private long wrong;

  private SharerProgram(BobStore store, int writer, SplittableRandom random) {
    this.store = store;
    this.writer = writer;
    this.random = random;
  }

  /**
   * Shares the store that it is told of on standard input.
   *
   * @param arguments its number as a writer, a seed, and how many operations
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (BobStore store = StoreSource.receive(commands).open(SharedKeys.PLACE)) {
      answers.println("ready");
      if (commands.readLine() == null) {
        return;
      }
      SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
      SharerProgram sharer = new SharerProgram(store, Integer.parseInt(arguments[0]), random);
      answers.println(sharer.share(Integer.parseInt(arguments[2])).line());
    }
  }

  private Tally share(int operations) throws IOException {
    for (int i = 0; i < operations; i++) {
      int index = random.nextInt(SharedKeys.ALL.size());
      int chance = random.nextInt(100);
      if (chance < 50) {
        get(SharedKeys.ALL.get(index));
      } else if (chance < 85) {
        put(index);
      } else {
        store.delete(SharedKeys.ALL.get(index));
        deletes++;
      }
    }
    return new Tally(puts, deletes, whole, absent, 0, wrong, highest);
  }

  private void put(int index) throws IOException {
    puts++;
    store.put(new Value(writer, puts, 0).item(SharedKeys.ALL.get(index), data(index)));
  }

  private BobData data(int index) {
    Optional<BobData> fixed = SharedKeys.fixedData(index);
    if (fixed.isPresent()) {
      return fixed.get();
    }
    byte[] bytes = new byte[1 + random.nextInt(MOST_BYTES)];
    random.nextBytes(bytes);
    return BobData.of(bytes);
  }

  private void get(BobKey key) throws IOException {
    Optional<StoredBob> item = store.get(key);
    if (item.isEmpty()) {
      absent++;
      return;
    }
    try {
      Value value = Value.ofParts(key, item.get());
      if (value.writer() < SharedKeys.JVMS) {
        Value.of(key, item.get());
      }
      whole++;
      highest.set(value.writer(), Math.max(highest.get(value.writer()), value.number()));
    } catch (WrongValueException e) {
      wrong++;
      System.err.println("wrong: " + e.getMessage());
    }
  }
}
