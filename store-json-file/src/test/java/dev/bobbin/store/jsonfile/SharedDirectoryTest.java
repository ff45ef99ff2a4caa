package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that other users of the machine may write into. */
class SharedDirectoryTest {
  private static final String OR =
      " or set 'allow-shared-directory' of json-file to true (docs/errors.md#shared-directory)";

  /** Of a user whom no machine has. */
  private static final int STRANGER = 54_321;

  @TempDir private Path folder;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    Assumptions.assumeTrue(DiskOperations.isPosix(folder), "skipped: no POSIX permissions here");
    directory = Files.createDirectory(folder.resolve("bob"));
    mode(directory, "rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx----w-", "rwxrwxrwx"})
  void open_othersMayWrite_isRefusedAndNothingIsMadeInIt(String mode) throws Exception {
    mode(directory, mode);
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Others may write into "
                + directory
                + ", where a store of JSON files is to be: its mode is "
                + mode
                + ", its owner "
                + Files.getOwner(directory).getName()
                + ", its group "
                + group(directory)
                + ". Whoever writes there decides what peers are given. Take that right away"
                + " (chmod go-w),"
                + OR);
    assertThat(Items.names(directory)).isEmpty();
    mode(directory, "rwxr-xr-x");
    open(Map.of()).close();
  }

  @Test
  void open_othersMayWriteIntoReceived_isRefused() throws Exception {
    open(Map.of()).close();
    mode(directory.resolve("_received"), "rwxrwxrwx");
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "Others may write into " + directory.resolve("_received") + ", where");
  }

  @Test
  void open_linkToDirectoryOfOthers_isRefused() throws Exception {
    mode(directory, "rwxrwxrwx");
    Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
    assertThatThrownBy(() -> JsonFileBobStore.open(link))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Others may write into " + link + ", where");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx-wx-wx", "rwxrwxrwx"})
  void open_othersMayWriteIntoAncestor_isRefusedUnlessAllowed(String mode) throws Exception {
    Path parent = Files.createDirectory(folder.resolve("open"));
    directory = Files.createDirectories(parent.resolve("between/bob"));
    mode(directory, "rwx------");
    mode(directory.getParent(), "rwx------");
    mode(parent, mode);
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Others may write into "
                + parent
                + ", which leads to the store of JSON files "
                + directory
                + ": its mode is "
                + mode
                + " without the sticky bit, its owner "
                + Files.getOwner(parent).getName()
                + ", its group "
                + group(parent)
                + ". They can put another directory in the store's place. Take that right away"
                + " (chmod go-w), set 'directory' of json-file to another place,"
                + OR);
    assertThat(Items.names(directory)).isEmpty();
    open(Map.of("allow-shared-directory", "true")).close();
  }

  @Test
  void open_anotherGroupMayWrite_isRefused() throws Exception {
    boolean root = Files.getAttribute(folder, "unix:uid").equals(0);
    Assumptions.assumeTrue(root, "skipped: only root can give a directory to another group");
    mode(directory, "rwxrwx---");
    Files.setAttribute(directory, "unix:gid", STRANGER);
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(", its group " + STRANGER + ". Whoever writes there");
  }

  @Test
  void othersMayWrite_groupOfTheOwnersName_isTheOwnersOwn() {
    var groupWrites = PosixFilePermissions.fromString("rwxrwxr-x");
    assertThat(DirectoryAccess.othersMayWrite(groupWrites, "alice", "alice")).isFalse();
    assertThat(DirectoryAccess.othersMayWrite(groupWrites, "alice", "staff")).isTrue();
    var allWrite = PosixFilePermissions.fromString("rwxrwxrwx");
    assertThat(DirectoryAccess.othersMayWrite(allWrite, "alice", "alice")).isTrue();
  }

  @Test
  void open_ancestorOpenToAllButSticky_works() throws Exception {
    Path parent = Files.createDirectory(folder.resolve("like-tmp"));
    directory = parent.resolve("bob");
    Files.setAttribute(parent, "unix:mode", 01777);
    open(Map.of()).close();
  }

  @Test
  void open_linkThatOthersMayReplace_isRefused() throws Exception {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Path link = Files.createSymbolicLink(shared.resolve("link"), directory);
    Path outer = Files.createSymbolicLink(folder.resolve("outer"), link);
    mode(shared, "rwxrwxrwx");
    directory = outer;
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Others may write into " + shared + ", which leads to");
  }

  @Test
  void open_linkChangedLater_staysInTheDirectoryThatWasChecked() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
    Path other = Files.createDirectory(folder.resolve("other"));
    try (BobStore store = JsonFileBobStore.open(link)) {
      Files.delete(link);
      Files.createSymbolicLink(link, other);
      store.put(Items.coucou());
      assertThat(store.get(Items.COUCOU_KEY)).contains(Items.coucou());
    }
    assertThat(Items.names(other)).isEmpty();
  }

  @Test
  void open_linksInACircle_isRefused() throws Exception {
    Path link = folder.resolve("circle");
    Files.createSymbolicLink(link, link);
    assertThatThrownBy(() -> JsonFileBobStore.open(link)).isInstanceOf(IOException.class);
  }

  @Test
  void open_ancestorOrLinkOfAStranger_isRefusedUnlessAllowed() throws Exception {
    boolean root = Files.getAttribute(folder, "unix:uid").equals(0);
    Assumptions.assumeTrue(root, "skipped: only root can give a directory away");
    Path parent = Files.createDirectory(folder.resolve("theirs"));
    Path real = directory;
    directory = Files.createDirectory(parent.resolve("bob"));
    mode(directory, "rwx------");
    Files.setAttribute(parent, "unix:uid", STRANGER);
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "The directory " + parent + ", which leads to the store of JSON files " + directory)
        .hasMessageContaining(", belongs to " + STRANGER + ", and this process runs as ");
    open(Map.of("allow-shared-directory", "true")).close();
    directory = Files.createSymbolicLink(folder.resolve("link"), real);
    Files.setAttribute(directory, "unix:uid", STRANGER, LinkOption.NOFOLLOW_LINKS);
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("The symbolic link " + directory + ", which leads to");
  }

  @Test
  void open_othersMayWriteAndThatIsAllowed_works() throws Exception {
    mode(directory, "rwxrwxrwx");
    try (BobStore store = open(Map.of("allow-shared-directory", "true"))) {
      store.put(Items.coucou());
      assertThat(store.get(Items.COUCOU_KEY)).contains(Items.coucou());
    }
    assertThatThrownBy(() -> open(Map.of("allow-shared-directory", "false")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void open_settingNeitherTrueNorFalse_isRefused() {
    assertThatThrownBy(() -> open(Map.of("allow-shared-directory", "yes")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Setting 'allow-shared-directory' of json-file is 'yes'; it takes true or false"
                + " (docs/errors.md#bad-setting)");
  }

  @Test
  void open_belongsToAStranger_isRefusedUnlessAllowed() throws Exception {
    boolean root = Files.getAttribute(folder, "unix:uid").equals(0);
    Assumptions.assumeTrue(root, "skipped: only root can give a directory away");
    Files.setAttribute(directory, "unix:uid", STRANGER);
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            directory + ", where a store of JSON files is to be, belongs to " + STRANGER + ",");
    open(Map.of("allow-shared-directory", "true")).close();
  }

  @Test
  void requireOwner_stranger_isRefused() {
    assertThatThrownBy(() -> access("mallory", false).requireOwner("alice"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            directory
                + ", where a store of JSON files is to be, belongs to mallory, mode rwxr-xr-x, and"
                + " this process runs as alice. Give the directory to alice (chown), set"
                + " 'directory' of json-file to another place,"
                + OR);
    assertThatThrownBy(() -> access("root", false).requireOwner("alice"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void requireOwner_selfOrRoot_isAllowed() {
    assertThatCode(() -> access("alice", false).requireOwner("alice")).doesNotThrowAnyException();
    assertThatCode(() -> access("toor", true).requireOwner("alice")).doesNotThrowAnyException();
  }

  private DirectoryAccess access(String owner, boolean ownedByRoot) {
    return new DirectoryAccess(
        directory, PosixFilePermissions.fromString("rwxr-xr-x"), owner, "users", ownedByRoot);
  }

  private BobStore open(Map<String, String> more) throws IOException {
    Map<String, String> values = new HashMap<>(more);
    values.put("directory", directory.toString());
    StoreContext context = StoreContext.of(Jid.of("alice@example.org"));
    return new JsonFileBobStoreProvider()
        .open(context.withSettings(Settings.of("json-file", values)));
  }

  private static String group(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class).group().getName();
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
