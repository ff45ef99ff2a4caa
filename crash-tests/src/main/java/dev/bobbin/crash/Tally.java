package dev.bobbin.crash;

import java.util.ArrayList;
import java.util.List;

/**
 * What a process has counted that shares a directory.
 *
 * @param puts how many items it has put; they are numbered from 1 on
 * @param deletes how many it has deleted, be they there or not
 * @param whole look-ups that gave what somebody has put under that key, whole
 * @param absent look-ups that gave nothing
 * @param unfinished look-ups that met a file which a Python program was writing; 0 for a JVM, whose
 *     store reads again, and gives nothing in the end
 * @param wrong look-ups that gave anything else
 * @param highest the highest number that it has seen of each process, whose index is its number
 */
record Tally(
    long puts,
    long deletes,
    long whole,
    long absent,
    long unfinished,
    long wrong,
    List<Long> highest) {
  private static final int COUNTS = 6;

  Tally {
    highest = List.copyOf(highest);
  }

  static Tally parse(String line) {
    List<Long> numbers = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      numbers.add(Long.valueOf(word));
    }
    return new Tally(
        numbers.get(0),
        numbers.get(1),
        numbers.get(2),
        numbers.get(3),
        numbers.get(4),
        numbers.get(5),
        numbers.subList(COUNTS, numbers.size()));
  }

  String line() {
    StringBuilder line = new StringBuilder();
    for (long count : new long[] {puts, deletes, whole, absent, unfinished, wrong}) {
      line.append(count).append(' ');
    }
    highest.forEach(number -> line.append(number).append(' '));
    return line.toString().strip();
  }

  long reads() {
    return whole + absent + unfinished + wrong;
  }

  Tally plus(Tally other) {
    List<Long> both = new ArrayList<>();
    for (int i = 0; i < highest.size(); i++) {
      both.add(Math.max(highest.get(i), other.highest.get(i)));
    }
    return new Tally(
        puts + other.puts,
        deletes + other.deletes,
        whole + other.whole,
        absent + other.absent,
        unfinished + other.unfinished,
        wrong + other.wrong,
        both);
  }
}
