package dev.bobbin.store.jsonfile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A disk in memory of which the power may be cut after any step, and all that it may hold then.
 *
 * <p>Names that were changed since their directory was last forced may have been kept or not, each
 * change for itself and in no order; a rename is one change. Of a file that was not forced since it
 * was written there may be all, half or nothing. That is more than most file systems do, and less
 * than those without a journal do: of one rename they may keep half.
 */
final class CutDisk {
  /** So that a mistake in a test shows as one, and not as a test without end. */
  private static final int MOST_PENDING = 14;

  /** What a name leads to that is removed. */
  private static final int NONE = -1;

  private final boolean keepsFiles;
  private final boolean keepsNames;
  private final List<String> contents = new ArrayList<>();
  private final Set<Integer> unforced = new HashSet<>();

  /** What names lead to for a program that is running, and what they lead to after a cut. */
  private final Map<Path, Integer> names = new HashMap<>();

  private final Map<Path, Integer> kept = new HashMap<>();
  private final List<Map<Path, Integer>> pending = new ArrayList<>();

  /**
   * An empty disk.
   *
   * @param keepsFiles whether forcing a file has an effect
   * @param keepsNames whether forcing a directory has one
   */
  CutDisk(boolean keepsFiles, boolean keepsNames) {
    this.keepsFiles = keepsFiles;
    this.keepsNames = keepsNames;
  }

  void create(Path file) {
    contents.add("");
    int fresh = contents.size() - 1;
    unforced.add(fresh);
    change(Map.of(file, fresh));
  }

  void write(int file, byte[] bytes) {
    contents.set(file, contents.get(file) + new String(bytes, StandardCharsets.ISO_8859_1));
    unforced.add(file);
  }

  void force(int file) {
    if (keepsFiles) {
      unforced.remove(file);
    }
  }

  void link(Path file, Path second) {
    change(Map.of(second, names.get(file)));
  }

  /** One step, also between two directories. */
  void rename(Path from, Path to) {
    change(Map.of(to, names.get(from), from, NONE));
  }

  void delete(Path file) {
    if (names.containsKey(file)) {
      change(Map.of(file, NONE));
    }
  }

  private void change(Map<Path, Integer> change) {
    apply(change, names);
    pending.add(change);
  }

  void forceDirectory(Path directory) {
    if (!keepsNames) {
      return;
    }
    for (Map<Path, Integer> change : List.copyOf(pending)) {
      if (change.keySet().stream().anyMatch(name -> name.getParent().equals(directory))) {
        apply(change, kept);
        pending.remove(change);
      }
    }
    // A name that came and went leaves nothing but what may come back for no use.
    pending.removeIf(
        change ->
            change.keySet().stream()
                .noneMatch(name -> names.containsKey(name) || kept.containsKey(name)));
  }

  private static void apply(Map<Path, Integer> change, Map<Path, Integer> names) {
    change.forEach(
        (name, file) -> {
          if (file == NONE) {
            names.remove(name);
          } else {
            names.put(name, file);
          }
        });
  }

  /** Every state that the next start may find: what is in the files, by name. */
  Set<Map<Path, String>> afterCut() {
    if (pending.size() > MOST_PENDING) {
      throw new IllegalStateException(pending.size() + " changes that nobody has forced");
    }
    Set<Map<Path, String>> states = new HashSet<>();
    for (int subset = 0; subset < 1 << pending.size(); subset++) {
      Map<Path, Integer> found = new HashMap<>(kept);
      for (int i = 0; i < pending.size(); i++) {
        if ((subset & 1 << i) != 0) {
          apply(pending.get(i), found);
        }
      }
      for (double part : new double[] {0, 0.5, 1}) {
        states.add(read(found, part));
      }
    }
    return states;
  }

  private Map<Path, String> read(Map<Path, Integer> found, double partOfUnforced) {
    Map<Path, String> state = new HashMap<>();
    found.forEach(
        (name, file) -> {
          String all = contents.get(file);
          int length =
              unforced.contains(file) ? (int) (all.length() * partOfUnforced) : all.length();
          state.put(name, all.substring(0, length));
        });
    return state;
  }
}
