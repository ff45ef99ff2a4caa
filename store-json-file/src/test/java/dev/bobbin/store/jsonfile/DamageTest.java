package dev.bobbin.store.jsonfile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store says of a key for which it gives nothing. */
class DamageTest {
  private static final BobKey X = Items.hosted("x");
  private static final BobKey TWO_WORDS = Items.hosted("Two words");
  private static final String NO_JSON = "it is no JSON at line 1, column 2";

  @TempDir private Path directory;
  private Tended tended;
  private JsonFileBobStore store;

  @BeforeEach
  void open() throws IOException {
    tended = new Tended(directory);
    store = tended.open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void damage_damagedFile_isTheReasonWithoutAWordInTheLog() throws Exception {
    old("x", "{");
    assertThat(store.damage(X)).contains(NO_JSON);
    assertThat(tended.warnings).isEmpty();
    assertThat(store.get(X)).isEmpty();
    assertThat(tended.warnings).singleElement().asString().contains(NO_JSON);
    assertThat(store.damage(X)).contains(NO_JSON);
    assertThat(tended.warnings).hasSize(1);
  }

  @Test
  void damage_receivedItemDamaged_isTheReason() throws Exception {
    old("_received/_v-x", "{");
    assertThat(store.damage(Items.verified("x"))).contains(NO_JSON);
    assertThat(store.damage(X)).isEmpty();
  }

  @Test
  void damage_laterFormatOrTooLarge_isTheReason() throws Exception {
    old("x", "{\"format\":2}");
    assertThat(store.damage(X).orElseThrow()).startsWith("its format is 2, and the newest");
    old("x", new String(encoded(X, "x".repeat(8193)), US_ASCII));
    assertThat(store.damage(X)).contains("it holds 8193 bytes of data, more than 8192");
  }

  @Test
  void damage_itemThereOrNothingOrExpired_isEmpty() throws Exception {
    assertThat(store.damage(X)).isEmpty();
    store.put(Items.expiring(X, "x", tended.clock.instant().plusSeconds(10)));
    assertThat(store.damage(X)).isEmpty();
    tended.clock.jump(Duration.ofSeconds(20));
    assertThat(store.damage(X)).isEmpty();
    assertThat(directory.resolve("x")).as("nothing is removed").exists();
  }

  @Test
  void damage_pythonsIsWhole_isEmpty() throws Exception {
    old(TWO_WORDS.safeName(), "{");
    Files.write(directory.resolve("Two words"), encoded(TWO_WORDS, "Python's"));
    assertThat(store.damage(TWO_WORDS)).isEmpty();
  }

  @Test
  void damage_pythonsIsDamaged_isTheReasonUnlessOursIsWhole() throws Exception {
    old("Two words", "{");
    assertThat(store.damage(TWO_WORDS)).contains(NO_JSON);
    store.put(Items.item(TWO_WORDS, "ours"));
    assertThat(store.damage(TWO_WORDS)).isEmpty();
  }

  /** A peer may ask for any name. */
  @Test
  void damage_foreignFileUnderARawName_isEmpty() throws Exception {
    old("README.md", "# Stickers");
    old("ABC", "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"abc\"}");
    assertThat(store.damage(Items.hosted("README.md"))).isEmpty();
    assertThat(store.damage(Items.hosted("ABC"))).isEmpty();
  }

  @Test
  void damage_closed_saysSo() {
    store.close();
    assertThatThrownBy(() -> store.damage(X)).isInstanceOf(IllegalStateException.class);
  }

  private static byte[] encoded(BobKey key, String text) {
    return new ItemFormat(1_000_000).encode(Items.item(key, text));
  }

  /** Writes a file that is too old to be still in the making. */
  private void old(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }
}
