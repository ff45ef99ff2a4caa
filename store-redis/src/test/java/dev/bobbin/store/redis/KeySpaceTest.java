package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySpaceTest {
  private static final KeySpace KEYS = new KeySpace("bot:1");

  private static String name(BobKey key) {
    return new String(KEYS.name(key), UTF_8);
  }

  @Test
  void name_eachShelf_isAsDocumented() {
    assertThat(name(Items.hosted("sha1+8f35@bob.xmpp.org")))
        .isEqualTo("bot:1{}h:sha1+8f35@bob.xmpp.org");
    assertThat(name(new BobKey(Shelf.VERIFIED, ContentId.of("\u00e9"))))
        .isEqualTo("bot:1{}v:\u00e9");
    assertThat(name(Items.from("room@example.org/\u00e9", "x")))
        .isEqualTo("bot:1{}f:19:room@example.org/\u00e9x");
  }

  @Test
  void key_ofEachName_isTheKeyThatItWasMadeOf() {
    for (BobKey key :
        List.of(
            Items.hosted("f:1:ab"),
            new BobKey(Shelf.VERIFIED, ContentId.of("{x} h:")),
            Items.from("a", "b.example"),
            Items.from("a@b.example", "c"),
            Items.from("room@example.org/\u4e2d 7:", "\ud83e\uddf5"))) {
      byte[] local = KEYS.localOf(KEYS.name(key)).orElseThrow();
      assertThat(KeySpace.key(local)).contains(key);
    }
  }

  @Test
  void name_senderAndContentIdCutElsewhere_differ() {
    assertThat(name(Items.from("a@b.example", "x.y"))).isEqualTo("bot:1{}f:11:a@b.examplex.y");
    assertThat(name(Items.from("a@b.examplex", ".y"))).isEqualTo("bot:1{}f:12:a@b.examplex.y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "h:",
        "x:cid",
        "f:",
        "f:5",
        "f:5:",
        "f:5:a@b.c",
        "f:05:a@b.cx",
        "f:-1:a@b.cx",
        "f:99999:a@b.cx",
        "f:3:A@bx",
        "f:4:a@b.cx",
        "h:\u0000",
        "f:5:a@b.c\n"
      })
  void key_ofWhatIsNoName_isEmpty(String local) {
    assertThat(KeySpace.key(local.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void key_ofWhatIsNotUtf8_isEmpty() {
    assertThat(KeySpace.key("h:\u00ff".getBytes(ISO_8859_1))).isEmpty();
  }

  @Test
  void localOf_nameOfAnotherPrefix_isEmpty() {
    KeySpace longer = new KeySpace("bot:12");
    assertThat(KEYS.localOf(longer.name(Items.hosted("x")))).isEmpty();
    assertThat(KEYS.localOf("bot:1".getBytes(UTF_8))).isEmpty();
    assertThat(KEYS.localOf("bot:1{}".getBytes(UTF_8))).isEmpty();
  }

  @Test
  void name_contentIdsWithBraces_areInDifferentSlots() {
    long slots =
        IntStream.range(0, 100)
            .map(i -> SlotHash.getSlot(KEYS.name(Items.hosted("{one slot}" + i))))
            .distinct()
            .count();
    assertThat(slots).isGreaterThan(50);
  }
}
