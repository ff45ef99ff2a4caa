package dev.bobbin.store.jsonfile;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The files that were modified the longest time ago, of those it was told of: at most {@value
 * #MOST}. Not safe for use by several threads.
 */
final class Oldest {
  static final int MOST = 1000;

  /** A file as it was seen. */
  record Seen(String name, FileTime modified) {
    private static final Comparator<Seen> BY_AGE =
        Comparator.comparing(Seen::modified).thenComparing(Seen::name);

    /** Whether a file that has these attributes now was not modified since. */
    boolean isStill(@Nullable BasicFileAttributes attributes) {
      return attributes != null && attributes.lastModifiedTime().equals(modified);
    }
  }

  private final PriorityQueue<Seen> youngestFirst = new PriorityQueue<>(Seen.BY_AGE.reversed());

  void add(String name, FileTime modified) {
    youngestFirst.add(new Seen(name, modified));
    if (youngestFirst.size() > MOST) {
      youngestFirst.poll();
    }
  }

  /** The oldest first. */
  List<Seen> inOrder() {
    return youngestFirst.stream().sorted(Seen.BY_AGE).toList();
  }
}
