package dev.bobbin.crash;

import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The program that is killed. It warms up on a store in another place, waits for a line with a seed
 * and a first number, opens the store that is tried, and has {@value #THREADS} threads change and
 * read it, which say on standard output what they do. It ends with its parent, should that end
 * first.
 */
final class WriterProgram {
  static final int THREADS = 4;
  static final String TRIED = "store";

  private static final String WARMING = "warm";
  private static final int MOST_CHANGES = 1_000_000;
  private static final int MOST_BYTES = 8192;
  private static final int LONGEST_LIFE_MILLIS = 40;

  /** The number of no change. */
  private static final long NEVER_PUT = 999_999_999_999_999_999L;

  private final FileOutputStream reports;

  private WriterProgram(FileOutputStream reports) {
    this.reports = reports;
  }

  public static void main(String[] arguments) throws Exception {
    FileOutputStream reports = new FileOutputStream(FileDescriptor.out);
    // Whatever a store or its logger prints must not get among the reports.
    System.setOut(System.err);
    WriterProgram program = new WriterProgram(reports);
    try {
      program.run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    } catch (Exception | Error e) {
      program.fail(e);
    }
  }

  private void run(BufferedReader commands) throws Exception {
    StoreSource source = StoreSource.receive(commands);
    try (BobStore warming = source.open(WARMING)) {
      for (int i = 0; i < Keys.ALL.size(); i += 3) {
        BobKey key = Keys.ALL.get(i);
        warming.put(new Value(0, i, 0).item(key, data(i, new SplittableRandom(i))));
        warming.get(key);
        warming.delete(key);
      }
    }
    say(new Report.Ready());
    String go = commands.readLine();
    if (go == null) {
      return;
    }
    long seed = Long.parseLong(go.substring(0, go.indexOf(' ')));
    long first = Long.parseLong(go.substring(go.indexOf(' ') + 1));
    BobStore store = source.open(TRIED);
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      SplittableRandom random = new SplittableRandom(seed + thread);
      Thread writer = new Thread(() -> change(store, thread, first + thread, random));
      writer.setDaemon(true);
      writer.start();
    }
    // To be killed is the only end but this one: the parent has gone.
    while (commands.readLine() != null) {
      // There is nothing more to be told.
    }
  }

  private enum Kind {
    PUT,
    PUT_IF,
    DELETE
  }

  private void change(BobStore store, int thread, long first, SplittableRandom random) {
    try {
      int reads = 0;
      for (long i = 0; i < MOST_CHANGES; i++) {
        int index = random.nextInt(Keys.ALL.size());
        int chance = random.nextInt(100);
        if (chance < 35) {
          read(store, Keys.ALL.get(index));
          reads++;
        } else {
          Kind kind = chance < 65 ? Kind.PUT : chance < 80 ? Kind.PUT_IF : Kind.DELETE;
          change(store, thread, first + i * THREADS, index, kind, reads, random);
          reads = 0;
        }
      }
    } catch (Exception | Error e) {
      fail(e);
    }
  }

  private static void read(BobStore store, BobKey key) throws IOException, WrongValueException {
    Optional<StoredBob> item = store.get(key);
    if (item.isPresent()) {
      Value.of(key, item.get());
    }
  }

  private void change(
      BobStore store,
      int thread,
      long number,
      int index,
      Kind kind,
      int reads,
      SplittableRandom random)
      throws IOException, WrongValueException {
    BobKey key = Keys.ALL.get(index);
    if (kind == Kind.DELETE) {
      say(new Report.Begun(number, index, false, 0, Report.Begun.ANY, reads));
      store.delete(key);
      say(new Report.Acknowledged(number));
      return;
    }
    int life = random.nextInt(LONGEST_LIFE_MILLIS);
    long expires = Keys.expires(index) ? System.currentTimeMillis() + life : 0;
    StoredBob item = new Value(thread, number, expires).item(key, data(index, random));
    try {
      if (kind == Kind.PUT) {
        say(new Report.Begun(number, index, true, expires, Report.Begun.ANY, reads));
        store.put(item);
        say(new Report.Acknowledged(number));
      } else {
        Optional<StoredBob> expected = expected(store, key, thread, index, random);
        long of =
            expected.isPresent() ? Value.of(key, expected.get()).number() : Report.Begun.NOTHING;
        say(new Report.Begun(number, index, true, expires, of, reads));
        boolean made = store.putIf(expected.orElse(null), item);
        say(made ? new Report.Acknowledged(number) : new Report.Refused(number));
      }
    } catch (StoreFullException e) {
      say(new Report.Full(number));
    }
  }

  /** What is there, as a rule; now and then nothing, or what nobody has ever put. */
  private static Optional<StoredBob> expected(
      BobStore store, BobKey key, int thread, int index, SplittableRandom random)
      throws IOException {
    return switch (random.nextInt(5)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(new Value(thread, NEVER_PUT, 0).item(key, data(index, random)));
      default -> store.get(key);
    };
  }

  /** Some of the least and of the greatest size, the others of any. */
  private static BobData data(int index, SplittableRandom random) {
    Optional<BobData> fixed = Keys.fixedData(index);
    if (fixed.isPresent()) {
      return fixed.get();
    }
    int size =
        switch (random.nextInt(8)) {
          case 0 -> 1;
          case 1 -> MOST_BYTES;
          default -> 1 + random.nextInt(MOST_BYTES);
        };
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return BobData.of(bytes);
  }

  /** In one write, whatever other threads say meanwhile. */
  private void say(Report report) throws IOException {
    reports.write(report.line());
  }

  private void fail(Throwable problem) {
    problem.printStackTrace();
    try {
      say(new Report.Failed(problem.toString()));
    } catch (IOException e) {
      // Nobody listens any more.
    }
    Runtime.getRuntime().halt(1);
  }
}
