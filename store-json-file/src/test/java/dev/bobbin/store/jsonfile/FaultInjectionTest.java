package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each call of the file system fails in turn, alone, with the next or with all that follow, in each
 * way that it can. Then the old or the new item is there, whole; an error has its anchor; nothing
 * is open, and no hidden file stays for good.
 */
class FaultInjectionTest {
  private static final int MOST_CALLS = 150;

  private static final Instant TWO_HOURS_LATER = Instant.now().plus(Duration.ofHours(2));

  @TempDir private Path folder;
  private final FaultyDisk disk = new FaultyDisk();

  @ParameterizedTest
  @EnumSource(Deed.class)
  void run_anyCallFailsOnce_changesAllOrNothing(Deed deed) throws Exception {
    failAtEach(deed, deed.faults(), 1);
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void run_anyTwoCallsInARowFail_leavesOneWholeItem(Deed deed) throws Exception {
    failAtEach(deed, List.of(Fault.IO_ERROR), 2);
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void run_everyCallFailsFromSomeOneOn_leavesOneWholeItem(Deed deed) throws Exception {
    failAtEach(deed, deed.faults(), Integer.MAX_VALUE);
  }

  private void failAtEach(Deed deed, List<Fault> faults, int failures) throws Exception {
    JsonFileBobStore store = open(disk.at(folder));
    for (Fault fault : faults) {
      int number = 1;
      while (run(deed, store, fault, number, failures)) {
        number++;
        assertThat(number).isLessThan(MOST_CALLS);
      }
    }
  }

  /** Returns whether there were so many calls that one has failed. */
  private boolean run(Deed deed, JsonFileBobStore store, Fault fault, int number, int failures)
      throws Exception {
    clear(folder);
    for (String each : List.of(".bobbin", "_received", "_received/.bobbin")) {
      Files.createDirectory(folder.resolve(each));
    }
    deed.prepare(folder);
    disk.fail(number, failures, fault);
    IOException problem = null;
    try {
      deed.run(disk.at(folder), store);
    } catch (IOException e) {
      problem = e;
    }
    disk.work();
    boolean struck = disk.calls().size() >= number;
    String what = fault + " at call " + number + " of " + disk.calls() + ": " + problem;
    boolean once = failures == 1;
    boolean interrupted = Thread.interrupted();
    assertThat(interrupted).as(what).isEqualTo(struck && fault == Fault.INTERRUPT);
    assertThat(disk.open()).as(what).isEmpty();
    assertThat(disk.wrongs()).as(what).isEmpty();
    if (problem != null) {
      assertThat(problem).as(what).hasMessageMatching(".*\\(docs/errors\\.md#store-[a-z]+\\)");
      assertThat(problem).as(what).hasMessageNotContaining(Problems.SUPERSEDED);
      assertThat(problem).as(what).isNotInstanceOf(StoreFullException.class);
      assertThat(problem instanceof InterruptedIOException).as(what).isEqualTo(interrupted);
    }
    if (once && deed != Deed.OPEN_WITH_LEFTOVERS) {
      requireNothingHidden(what);
    }
    for (Path directory : directories()) {
      Files.createDirectories(HiddenName.directory(directory));
      new Leftovers(disk.at(directory), new DiskOperations(), TWO_HOURS_LATER).seeTo();
    }
    requireNothingHidden(what);
    Optional<StoredBob> there = store.get(deed.key());
    if (problem == null) {
      assertThat(there).as(what).isEqualTo(deed.after());
    } else if (once || problem.getMessage().contains(Problems.UNTOUCHED)) {
      assertThat(there).as(what).isEqualTo(deed.before());
    } else {
      assertThat(there).as(what).isIn(deed.before(), deed.after());
    }
    if (!struck) {
      deed.requireDone(folder);
    }
    return struck;
  }

  private static void clear(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isDirectory(file)) {
          clear(file);
        }
        Files.delete(file);
      }
    }
  }

  private void requireNothingHidden(String what) throws IOException {
    for (Path directory : directories()) {
      assertThat(Items.names(directory)).as(what).noneMatch(name -> name.startsWith("."));
    }
  }

  private List<Path> directories() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isDirectory)
          .filter(directory -> !directory.endsWith(HiddenName.DIRECTORY))
          .toList();
    }
  }

  @Test
  void put_overAnother_isTheseCalls() throws Exception {
    Deed deed = Deed.PUT_OVER_ANOTHER;
    deed.prepare(folder);
    Path faulty = disk.at(folder);
    JsonFileBobStore store = open(faulty);
    disk.count();
    deed.run(faulty, store);
    // How the old file is read is the JDK's affair; then its length is looked at.
    assertThat(disk.calls())
        .startsWith("readAttributes", "open")
        .endsWith(
            ("close readAttributes open tryLock write force close createLink move"
                    + " open force close delete")
                .split(" "));
  }

  static JsonFileBobStore open(Path directory) throws IOException {
    return open(directory, Limits.DEFAULT, Timer.STOPPED);
  }

  static JsonFileBobStore open(Path directory, Limits limits, Timer timer) throws IOException {
    return JsonFileBobStore.open(
        directory,
        new StoreParts(
            false,
            InstantSource.system(),
            8192,
            new DiskOperations(pause -> {}),
            warning -> {},
            pause -> {},
            limits,
            new Upkeep.Background(timer, Runnable::run)));
  }
}
