package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.testkit.ProviderDeclarations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
  private static final String WHERE = " (docs/errors.md#store-directory)";

  @TempDir private Path directory;

  @Test
  void declarations_moduleInfoAndServicesFile_agree() throws Exception {
    ProviderDeclarations.assertAgree(BobStoreProvider.class, JsonFileBobStoreProvider.class);
  }

  @Test
  void provider_always_isNamedJsonFileAndNoFallback() {
    JsonFileBobStoreProvider provider = new JsonFileBobStoreProvider();
    assertThat(provider.name()).isEqualTo("json-file");
    assertThat(provider.fallback()).isFalse();
    assertThat(provider.settings())
        .extracting(setting -> setting.key(), setting -> setting.defaultValue())
        .containsExactly(
            tuple("directory", Optional.empty()),
            tuple("allow-shared-directory", Optional.of("false")),
            tuple("max-bytes", Optional.of("1073741824")),
            tuple("max-entries", Optional.of("1000000")));
  }

  @Test
  void open_missingDirectories_makesThemForTheOwnerAlone() throws Exception {
    Assumptions.assumeTrue(DiskOperations.isPosix(directory), "skipped: no POSIX permissions here");
    Path place = directory.resolve("a/b");
    try (BobStore store = open(place)) {
      assertThat(store.place()).isEqualTo(place.toString());
      assertThat(store.blocks()).isTrue();
      store.put(Items.coucou());
      store.put(Items.item(Items.verified("x"), "y"));
    }
    for (String each :
        new String[] {"a", "a/b", "a/b/.bobbin", "a/b/_received", "a/b/_received/.bobbin"}) {
      assertThat(permissions(directory.resolve(each))).as(each).isEqualTo("rwx------");
    }
    assertThat(permissions(place.resolve(Items.COUCOU_CID))).isEqualTo("rw-------");
    assertThat(permissions(place.resolve("_received/_v-x"))).isEqualTo("rw-------");
    assertThat(Items.names(place)).containsExactly("_received", Items.COUCOU_CID);
  }

  @Test
  void open_noSetting_isTheAccountsOwnPlace() throws Exception {
    UserDataDirectory userData =
        new UserDataDirectory(
            "Linux", "/nowhere", name -> name.equals("XDG_DATA_HOME") ? "" + directory : null);
    StoreContext context = StoreContext.of(Jid.of("alice@example.org/phone"));
    try (BobStore store = new JsonFileBobStoreProvider(userData).open(context)) {
      assertThat(store.place()).isEqualTo(directory + "/bobbin/bob/alice@example.org");
    }
  }

  @Test
  void open_relativeSetting_isRefused() {
    for (String value : new String[] {"bob", "", "./bob", "~/bob"}) {
      assertThatThrownBy(() -> open(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Setting 'directory' of json-file is '"
                  + value
                  + "'; it takes an absolute path"
                  + WHERE);
    }
    assertThatThrownBy(() -> open("/a\u0000b"))
        .hasMessage(
            "Setting 'directory' of json-file is '/a\uFFFDb'; it takes an absolute path" + WHERE);
    assertThatThrownBy(() -> open("\u202e" + "x".repeat(100)))
        .hasMessage(
            "Setting 'directory' of json-file is '\uFFFD"
                + "x".repeat(99)
                + "...'; it takes an absolute path"
                + WHERE);
  }

  @Test
  void open_relativePath_isRefused() {
    assertThatThrownBy(() -> JsonFileBobStore.open(Path.of("bob")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'bob' is no place for a store of JSON files: give an absolute path" + WHERE);
  }

  @Test
  void open_fileInItsPlace_isRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " is no directory, so it cannot hold a store of JSON files; move it away, or set"
                + " 'directory' of json-file to another place"
                + WHERE);
    assertThatThrownBy(() -> open(file.resolve("below")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " is no directory");
    assertThat(file).hasContent("x");
  }

  /** Somebody else has made the first, and nobody may make the second. */
  @Test
  void open_notAllowedToMakeADirectory_saysWhatToGiveToWhom() {
    FaultyDisk disk = new FaultyDisk();
    disk.fail("createDirectory", 2, Fault.ACCESS_DENIED);
    String rest = " to the user who runs this, or set 'directory' of json-file to another place";
    assertThatThrownBy(() -> FaultInjectionTest.open(disk.at(directory)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Could not make the directory "
                + directory.resolve(".bobbin")
                + " for a store of JSON files: access denied. Give "
                + directory
                + rest
                + WHERE);
    assertThatThrownBy(() -> FaultInjectionTest.open(disk.at(directory.resolve("new"))))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(": access denied. Make it and give it" + rest + WHERE);
  }

  @Test
  void open_parentThatTakesNoDirectory_isRefused() {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "skipped: there is no /proc");
    assertThatThrownBy(() -> open(Path.of("/proc/bobbin/bob")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Could not make the directory /proc/bobbin for a store of JSON files: no such file."
                + " Make it yourself, or set 'directory' of json-file to another place"
                + WHERE);
  }

  @Test
  void open_unwritableDirectory_isRefusedAndNothingIsMadeInIt() throws Exception {
    FileOperations readOnly =
        new DelegatingOperations() {
          @Override
          public FileChannel create(Path file) throws IOException {
            throw new AccessDeniedException(file.toString());
          }
        };
    assertThatThrownBy(
            () ->
                JsonFileBobStore.open(
                    directory, InstantSource.system(), 8192, readOnly, warning -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Could not make a file in "
                + directory
                + ", where a store of JSON files is to be: access denied. Let this user write"
                + " there, or set 'directory' of json-file to another place"
                + WHERE);
    assertThat(Items.names(directory)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_received", ".bobbin", "_received/.bobbin"})
  void open_directoryOfItsOwnIsALink_isRefused(String name, @TempDir Path outside)
      throws Exception {
    Files.createDirectories(directory.resolve(name).getParent());
    Path link = Files.createSymbolicLink(directory.resolve(name), outside);
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(
            link
                + " is a symbolic link, which a store of JSON files does not follow; move it away"
                + WHERE);
  }

  @Test
  void open_hiddenDirectoryIsAFile_isRefused() throws Exception {
    Path file = Files.createFile(directory.resolve(".bobbin"));
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " is no directory");
  }

  @Test
  void open_othersMayWriteIntoTheHiddenDirectory_isRefused() throws Exception {
    Assumptions.assumeTrue(DiskOperations.isPosix(directory), "skipped: no POSIX permissions here");
    open(directory).close();
    Path hidden = directory.resolve("_received/.bobbin");
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Others may write into " + hidden);
  }

  /** With a million items, that alone would take seconds. */
  @Test
  void open_anyNumberOfItems_looksForLeftoversElsewhere() throws Exception {
    Path stray = Files.createFile(directory.resolve(".bobbin-removed-1-0123456789abcdef.tmp"));
    open(directory).close();
    assertThat(stray).exists();
  }

  @Test
  void anyMethod_closed_saysSo() throws Exception {
    BobStore store = open(directory);
    store.close();
    assertThatThrownBy(() -> store.get(Items.COUCOU_KEY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The store in "
                + directory
                + " is closed; open another one (docs/errors.md#store-closed)");
  }

  private static BobStore open(Path directory) throws IOException {
    return open(directory.toString());
  }

  private static BobStore open(String directory) throws IOException {
    StoreContext context = StoreContext.of(Jid.of("alice@example.org"));
    Settings settings = Settings.of("json-file", Map.of("directory", directory));
    return new JsonFileBobStoreProvider().open(context.withSettings(settings));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
