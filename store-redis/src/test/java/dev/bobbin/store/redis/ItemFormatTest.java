package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bobbin.store.redis.DamagedValueException.Kind;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ItemFormatTest {
  private static final StoredBob ITEM = Items.full();
  private static final ItemFormat FORMAT = new ItemFormat(8192);

  /** A value that differs from what was written, with a checksum that is right all the same. */
  private static byte[] changed(StoredBob item, Consumer<ByteBuffer> change) {
    byte[] value = ItemFormat.encode(item);
    change.accept(ByteBuffer.wrap(value));
    return sealed(value);
  }

  private static byte[] sealed(byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(value, 0, value.length - 4);
    ByteBuffer.wrap(value).putInt(value.length - 4, (int) crc.getValue());
    return value;
  }

  private static void assertDamaged(byte[] value, BobKey key, String reason) {
    assertThatThrownBy(() -> FORMAT.decode(value, key))
        .isInstanceOf(DamagedValueException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void encode_smallItem_isAsDocumented() {
    StoredBob item = Items.item(Items.hosted("x"), "hi");
    assertThat(HexFormat.of().formatHex(ItemFormat.encode(item)))
        .startsWith(
            "01"
                + "00"
                + "00000000695735a5"
                + "287735f2"
                + "00000003"
                + "683a78"
                + "0000000a"
                + "746578742f706c61696e"
                + "00000002"
                + "6869")
        .hasSize(2 * (2 + 12 + 4 + 3 + 4 + 10 + 4 + 2 + 4));
  }

  @Test
  void decode_everyField_isEqual() throws Exception {
    assertThat(FORMAT.decode(ItemFormat.encode(ITEM), ITEM.key())).isEqualTo(ITEM);
  }

  @Test
  void decode_cutAnywhere_isDamaged() {
    byte[] whole = ItemFormat.encode(ITEM);
    for (int length = 0; length < whole.length; length++) {
      assertDamaged(Arrays.copyOf(whole, length), ITEM.key(), "");
      if (length > 5) {
        assertDamaged(sealed(Arrays.copyOf(whole, length)), ITEM.key(), "");
      }
    }
  }

  @Test
  void decode_anyBitFlipped_isDamaged() {
    byte[] whole = ItemFormat.encode(ITEM);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] value = whole.clone();
      value[bit / 8] ^= (byte) (1 << bit % 8);
      assertDamaged(value, ITEM.key(), "");
    }
  }

  @Test
  void decode_otherVersion_saysWhich() {
    assertDamaged(changed(ITEM, value -> value.put(0, (byte) 2)), ITEM.key(), "version 2");
  }

  private static Kind kind(byte[] value, BobKey key) {
    return catchThrowableOfType(DamagedValueException.class, () -> FORMAT.decode(value, key))
        .kind();
  }

  /** Of what begins otherwise, nobody says that it was an item. */
  @Test
  void decode_versionThatMayCome_isNoDamage() {
    for (int version = 0; version < 256; version++) {
      assertThat(kind(new byte[] {(byte) version, 0, 0, 0, 0, 0}, ITEM.key()))
          .as("version %s", version)
          .isEqualTo(version > 1 && version < 32 ? Kind.LATER_VERSION : Kind.DAMAGED);
    }
  }

  @Test
  void decode_unknownField_isDamaged() {
    assertDamaged(changed(ITEM, value -> value.put(1, (byte) 15)), ITEM.key(), "fields");
  }

  @Test
  void decode_hostileNumbers_areDamaged() {
    BobKey key = ITEM.key();
    assertDamaged(changed(ITEM, value -> value.putLong(2, -1)), key, "max-age");
    assertDamaged(changed(ITEM, value -> value.putLong(10, Long.MAX_VALUE)), key, "instant");
    assertDamaged(changed(ITEM, value -> value.putInt(18, -1)), key, "instant");
    assertDamaged(changed(ITEM, value -> value.putInt(18, 1_000_000_000)), key, "instant");
    for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 100_000}) {
      assertDamaged(changed(ITEM, value -> value.putInt(34, length)), key, "middle of a field");
    }
  }

  @Test
  void decode_underAnotherName_isDamaged() {
    byte[] value = ItemFormat.encode(ITEM);
    assertDamaged(value, BobKey.hosted(ITEM.key().cid()), "another key");
    assertDamaged(value, Items.hosted("other"), "another key");
  }

  @Test
  void decode_dataOfAnotherHash_isDamaged() {
    byte[] value = ItemFormat.encode(ITEM);
    value[value.length - 5] ^= 1;
    assertDamaged(sealed(value), ITEM.key(), "hash");
  }

  @Test
  void decode_somethingBehind_isDamaged() {
    byte[] value = ItemFormat.encode(ITEM);
    assertDamaged(sealed(Arrays.copyOf(value, value.length + 3)), ITEM.key(), "follows");
  }

  @Test
  void decode_moreThanItTakes_isDamaged() throws Exception {
    StoredBob large =
        new StoredBob(
            Items.hosted("x"),
            new Bob(Items.hosted("x").cid(), "a/b", BobData.of(new byte[8193]), Duration.ZERO),
            Instant.MIN,
            Instant.MAX,
            null);
    assertDamaged(ItemFormat.encode(large), large.key(), "larger than the 8192 bytes");
    assertThat(new ItemFormat(8193).decode(ItemFormat.encode(large), large.key())).isEqualTo(large);
    byte[] tooLong = new byte[FORMAT.maxValueBytes() + 1];
    assertDamaged(tooLong, large.key(), "version 0");
    tooLong[0] = 1;
    assertThat(kind(tooLong, large.key())).isEqualTo(Kind.TOO_LARGE);
    assertThat(kind(ItemFormat.encode(large), large.key())).isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  void maxValueBytes_greatestItem_doesNotOverflow() {
    assertThat(new ItemFormat(Integer.MAX_VALUE).maxValueBytes()).isPositive();
  }
}
