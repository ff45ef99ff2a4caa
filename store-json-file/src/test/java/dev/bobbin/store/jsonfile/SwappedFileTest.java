package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that become something else after they were looked at, and before they are opened. */
class SwappedFileTest {
  private static final String ITEM =
      "{\"data\":\"Y291Y291\",\"type\":\"text/plain\",\"cid\":\"x\"}";

  @TempDir private Path folder;
  private Path directory;
  private final FaultyDisk disk = new FaultyDisk();
  private final List<String> warnings = new ArrayList<>();
  private Path file;
  private JsonFileBobStore store;

  @BeforeEach
  void writeTheFile() throws IOException {
    directory = Files.createDirectory(folder.resolve("bob"));
    file = Files.writeString(directory.resolve("x"), ITEM);
    store =
        JsonFileBobStore.open(
            disk.at(directory), InstantSource.system(), 8192, new DiskOperations(), warnings::add);
  }

  @Test
  void get_becomesALink_isNotFollowed() throws Exception {
    Path target = Files.writeString(folder.resolve("outside"), ITEM);
    disk.before(
        "open",
        () -> {
          Files.delete(file);
          Files.createSymbolicLink(file, target);
        });
    assertThatThrownBy(() -> store.get(Items.hosted("x")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Could not read " + file + ": ")
        .hasMessageEndingWith(". Check its owner and the disk (docs/errors.md#store-read)");
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(warnings).singleElement().asString().contains("it is no regular file");
    assertThat(disk.open()).isEmpty();
  }

  @Test
  void get_becomesHuge_isReadToTheBoundOnly() throws Exception {
    disk.before(
        "open",
        () -> {
          try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
          }
        });
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(warnings).singleElement().asString().contains("it is larger than 76460 bytes");
    assertThat(disk.open()).isEmpty();
  }

  @Test
  void get_isRemoved_isAbsent() throws Exception {
    disk.before("open", () -> Files.delete(file));
    assertThat(store.get(Items.hosted("x"))).isEmpty();
    assertThat(warnings).isEmpty();
  }

  /** Nor a pipe or a device, which are told from files by the same call. */
  @Test
  void anyMethod_socket_isNeverOpened() throws Exception {
    Files.delete(file);
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(file));
      disk.count();
      assertThat(store.get(Items.hosted("x"))).isEmpty();
      KeyListingTest.assertListed(store);
    }
    assertThat(disk.calls()).contains("readAttributes").doesNotContain("open");
    assertThat(warnings).singleElement().asString().contains("it is no regular file");
  }
}
