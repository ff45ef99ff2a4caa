package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether names are read again is seen by a file that has come in the meantime. */
class NameWindowTest {
  @TempDir private Path path;

  private final AtomicLong nanos = new AtomicLong();
  private final NameWindow window = new NameWindow(4, nanos::get);

  @Test
  void after_thatFits_isGivenFromWhatWasRead() throws Exception {
    ItemDirectory directory = directory("a", "b", "c", "d", "e", "f");
    assertThat(window.after(directory, "", 2, any -> any)).containsExactly("a", "b");
    touch("bb");
    assertThat(window.after(directory, "b", 2, any -> any)).containsExactly("c", "d");
    assertThat(window.after(directory, "c", 2, any -> any)).containsExactly("d", "e");
    assertThat(window.after(directory, "e", 2, any -> any)).containsExactly("f");
    assertThat(window.after(directory, "f", 2, any -> any)).isEmpty();
    assertThat(window.after(directory, "a", 2, any -> any)).containsExactly("b", "c");
  }

  @Test
  void after_beginning_readsAnew() throws Exception {
    ItemDirectory directory = directory("b");
    assertThat(window.after(directory, "", 2, any -> any)).containsExactly("b");
    touch("a");
    assertThat(window.after(directory, "", 2, any -> any)).containsExactly("a", "b");
    touch("c");
    assertThat(window.after(directory, "a", 2, any -> any)).containsExactly("b");
    assertThat(window.after(directory, "", 2, any -> any)).containsExactly("a", "b");
    assertThat(window.after(directory, "a", 2, any -> any)).containsExactly("b", "c");
  }

  @Test
  void after_inAnotherDirectory_readsAnew() throws Exception {
    ItemDirectory directory = directory("a", "b");
    ItemDirectory other = new ItemDirectory(path, new DiskOperations());
    assertThat(window.after(directory, "", 1, any -> any)).containsExactly("a");
    touch("aa");
    assertThat(window.after(other, "a", 1, any -> any)).containsExactly("aa");
  }

  @Test
  void after_ofListingsFarApart_readsAsOftenAsForEachAlone() throws Exception {
    ItemDirectory directory = directory("a b c d e f g h i j k l".split(" "));
    List<String> shown = new ArrayList<>();
    DirectoryNames.Listed listed =
        name -> {
          shown.add(name);
          return name;
        };
    String ahead = "";
    for (int i = 0; i < 6; i++) {
      ahead = window.after(directory, ahead, 1, listed).get(0);
    }
    String behind = "";
    for (int i = 0; i < 6; i++) {
      behind = window.after(directory, behind, 1, listed).get(0);
      ahead = window.after(directory, ahead, 1, listed).get(0);
    }
    assertThat(behind).isEqualTo("f");
    assertThat(ahead).isEqualTo("l");
    // Four names at a time: three times for the one, once more since the other began, and twice.
    assertThat(shown).hasSize((3 + 1 + 2) * 12);
  }

  @Test
  void after_byWhoBeganLater_isNotWhatWasReadBefore() throws Exception {
    ItemDirectory directory = directory("a", "b", "c", "d", "e", "f");
    window.after(directory, "", 2, any -> any);
    // The first listing reads its second window, and another one begins behind it.
    assertThat(window.after(directory, "d", 2, any -> any)).containsExactly("e", "f");
    touch("ee");
    window.after(directory, "", 2, any -> any);
    assertThat(window.after(directory, "d", 2, any -> any)).containsExactly("e", "ee");
  }

  @Test
  void after_ofMoreListingsThanAreKept_readsAnew() throws Exception {
    ItemDirectory directory = directory("a", "b", "c", "d", "e", "f", "g", "h", "i");
    // Each has a window of its own, since none has all four names of another page.
    for (String last : List.of("", "c", "a", "d", "b")) {
      window.after(directory, last, 4, any -> any);
    }
    touch("aa");
    assertThat(window.after(directory, "a", 2, any -> any)).containsExactly("b", "c");
    assertThat(window.after(directory, "A", 2, any -> any)).containsExactly("a", "aa");
  }

  @Test
  void forgetUnused_afterAWhile_readsAnew() throws Exception {
    ItemDirectory directory = directory("a", "b", "c", "d");
    window.after(directory, "", 1, any -> any);
    touch("aa");
    nanos.addAndGet(NameWindow.UNUSED.toNanos() - 1);
    window.forgetUnused();
    assertThat(window.after(directory, "a", 1, any -> any)).containsExactly("b");
    nanos.addAndGet(NameWindow.UNUSED.toNanos() - 1);
    window.forgetUnused();
    assertThat(window.after(directory, "a", 1, any -> any)).containsExactly("b");
    nanos.addAndGet(NameWindow.UNUSED.toNanos());
    window.forgetUnused();
    assertThat(window.after(directory, "a", 1, any -> any)).containsExactly("aa");
  }

  @Test
  void names_someOfMany_areAsManyAsAllowed() throws Exception {
    directory("a", "b", "c");
    assertThat(DirectoryNames.some(path, 2, any -> true)).hasSize(2);
    assertThat(DirectoryNames.some(path, 9, name -> !name.equals("b")))
        .containsExactlyInAnyOrder("a", "c");
  }

  /** As some file systems show what is renamed meanwhile; here, names that are listed alike. */
  @Test
  void names_shownTwice_takeNoPlaceOfOthers() throws Exception {
    directory("a1", "a2", "a3", "a4", "b", "c", "d");
    assertThat(DirectoryNames.after(path, "", 3, name -> name.substring(0, 1)))
        .containsExactly("a", "b", "c");
    assertThat(DirectoryNames.after(path, "a", 9, name -> name.substring(0, 1)))
        .containsExactly("b", "c", "d");
  }

  private ItemDirectory directory(String... names) throws IOException {
    for (String name : List.of(names)) {
      touch(name);
    }
    return new ItemDirectory(path, new DiskOperations());
  }

  private void touch(String name) throws IOException {
    Files.createFile(path.resolve(name));
  }
}
