package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFormatTest {
  private static final String REST = "\"data\":\"Y291Y291\",\"type\":\"text/plain\",\"cid\":\"x\"}";

  private final ItemFormat format = new ItemFormat(ItemReader.maxFileBytes(8192));

  @Test
  void encode_hostedItem_isTheSeedsFourKeysAndStoredAt() {
    assertThat(ascii(format.encode(Items.coucou())))
        .isEqualTo(
            "{\"format\":1,\"data\":\"Y291Y291\",\"type\":\"text/plain\","
                + "\"cid\":\"sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org\","
                + "\"max_age\":null,\"stored_at\":\"2026-01-02T03:04:05.678901234Z\"}");
  }

  @Test
  void encode_everything_isAsciiOnOneLine() {
    Jid sender = Jid.of("room@muc.example.org/B\u00fcro \ud83e\uddf5");
    BobKey key = new BobKey(new Shelf.From(sender), ContentId.of("\u00e9\"\\/"));
    Bob bob = new Bob(key.cid(), "a/b; c=\"\\\"\"", BobData.of(new byte[100]), Duration.ofDays(1));
    StoredBob item =
        new StoredBob(key, bob, Instant.EPOCH, Instant.parse("2026-01-02T03:04:05Z"), sender);
    assertThat(ascii(format.encode(item)))
        .isEqualTo(
            "{\"format\":1,\"data\":\""
                + "A".repeat(134)
                + "==\",\"type\":\"a/b; c=\\\"\\\\\\\"\\\"\",\"cid\":\"\\u00E9\\\"\\\\/\","
                + "\"max_age\":86400,\"stored_at\":\"1970-01-01T00:00:00Z\","
                + "\"expires_at\":\"2026-01-02T03:04:05Z\","
                + "\"origin\":\"room@muc.example.org/B\\u00FCro \\uD83E\\uDDF5\","
                + "\"sender\":\"room@muc.example.org/B\\u00FCro \\uD83E\\uDDF5\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"format\":1,", "\"format\":null,", ""})
  void decode_formatThatIsKnown_isRead(String format) throws Exception {
    ItemFile file = this.format.decode(("{" + format + REST).getBytes(StandardCharsets.UTF_8));
    assertThat(file.bob().data()).isEqualTo(BobData.utf8("coucou"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.0", "\"1\"", "true", "[1]", "{}", "2147483648"})
  void decode_formatThatIsNone_isDamaged(String format) {
    assertThatThrownBy(() -> decode("{\"format\":" + format + ',' + REST))
        .isInstanceOfSatisfying(
            DamagedFileException.class,
            e -> assertThat(e.kind()).isEqualTo(DamagedFileException.Kind.DAMAGED))
        .hasMessage("its 'format' is no number that formats have");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format\":2,\"data\":[1,2]}",
        "{\"format\":2,\"data\":",
        "{\"format\":2} and more",
        "{\"data\":\"\",\"format\":2}",
      })
  void decode_laterFormat_isNoDamage(String json) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOfSatisfying(
            DamagedFileException.class,
            e -> assertThat(e.kind()).isEqualTo(DamagedFileException.Kind.LATER_FORMAT))
        .hasMessage("its format is 2, and the newest that this version knows is 1");
  }

  private void decode(String json) throws DamagedFileException {
    format.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": \"Y291Y291\", \"type\": \"text/plain\", \"cid\": \"x\\u00e9\", \"max_age\": null}",
        "{\"max_age\": null, \"cid\": \"x\\u00E9\", \"type\": \"text/plain\", \"data\": \"Y291Y291\"}",
        " \r\n\t{\n    \"cid\": \"x\u00e9\",\n    \"data\": \"Y291Y291\",\n"
            + "    \"type\": \"text\\/plain\"\n}\n",
        "{\"data\":\"Y291Y291\",\"other\":{\"a\":[1,{\"b\":[]}]},\"type\":\"text/plain\",\"cid\":\"x\u00e9\"}",
      })
  void decode_pythonsForms_areAllTheSame(String json) throws Exception {
    ItemFile file = format.decode(json.getBytes(StandardCharsets.UTF_8));
    assertThat(file.bob())
        .isEqualTo(new Bob(ContentId.of("x\u00e9"), "text/plain", BobData.utf8("coucou"), null));
    assertThat(file.storedAt()).isNull();
    assertThat(file.expiresAt()).isNull();
    assertThat(file.origin()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "3600, 3600",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775807",
    "99999999999999999999999999999999999999999999, 9223372036854775807",
    "-1,",
    "-99999999999999999999999999999999,",
    "1.5,",
    "1e400,",
    "true,",
    "[3600],",
  })
  void decode_maxAge_isSecondsCappedOrAbsent(String json, Long seconds) throws Exception {
    ItemFile file =
        format.decode(
            ascii("{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"x\",\"max_age\":" + json + "}"));
    assertThat(file.bob().maxAge()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~|it is no JSON object",
        "null|it is no JSON object",
        "[]|it is no JSON object",
        "\"x\"|it is no JSON object",
        "{}|it has no 'data'",
        "{\"data\":null}|it has no 'data'",
        "{\"data\":5}|its 'data' is no text",
        "{\"data\":{}}|its 'data' is no text",
        "{\"data\":\"\"}|it has no 'type'",
        "{\"data\":\"\",\"type\":\"a/b\"}|it has no 'cid'",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"\"}|its 'cid' is no content-id",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"\\ud800\"}|its 'cid' is no content-id",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"\\u0000\"}|its 'cid' is no content-id",
        "{\"data\":\"\",\"type\":\"text\",\"cid\":\"x\"}|its 'type' is no media type",
        "{\"data\":\"YQ\",\"type\":\"a/b\",\"cid\":\"x\"}|"
            + "its 'data' is no Base64 as RFC 4648 section 4 has it",
        "{\"data\":\"YR==\",\"type\":\"a/b\",\"cid\":\"x\"}|"
            + "its 'data' is no Base64 as RFC 4648 section 4 has it",
        "{\"data\":\"Y29 \",\"type\":\"a/b\",\"cid\":\"x\"}|"
            + "its 'data' is no Base64 as RFC 4648 section 4 has it",
        "{\"data\":\"_-__\",\"type\":\"a/b\",\"cid\":\"x\"}|"
            + "its 'data' is no Base64 as RFC 4648 section 4 has it",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"x\",\"stored_at\":\"today\"}|"
            + "its 'stored_at' is no time",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"x\",\"expires_at\":5}|"
            + "its 'expires_at' is no text",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"x\",\"origin\":\"@\"}|its 'origin' is no JID",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"x\",\"sender\":\"a b@c\"}|its 'sender' is no JID",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"x\"} {}|something follows its JSON object",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"x\"} 5|something follows its JSON object",
        "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"x\"}x|it is no JSON at line 1, column 35",
        "{\"data\":\"\",\"data\":\"\"}|it is no JSON at line 1, column 18",
        "{\"data\":\"Y291|it is no JSON at line 1, column 14",
        "{/* */\"data\":\"\"}|it is no JSON at line 1, column 2",
        "{'data':''}|it is no JSON at line 1, column 2",
        "{\"x\":NaN}|it is no JSON at line 1, column 9",
        "{\"x\":-Infinity}|it is no JSON at line 1, column 15",
        "{\"x\":1,}|it is no JSON at line 1, column 8",
      })
  void decode_damaged_saysHow(String json, String reason) {
    assertThatThrownBy(() -> format.decode(ascii(json == null ? "" : json)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage(reason);
  }

  @Test
  void decode_byteOrderMarkOrOtherEncoding_isDamaged() {
    String json = "{\"data\":\"\",\"type\":\"a/b\",\"cid\":\"x\"}";
    assertThatThrownBy(() -> format.decode(("\uFEFF" + json).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("it begins with a byte order mark");
    assertThatThrownBy(() -> format.decode("\u00e9".getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("it is not in UTF-8");
    for (String charset : new String[] {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"}) {
      assertThatThrownBy(() -> format.decode(json.getBytes(Charset.forName(charset))))
          .as(charset)
          .isInstanceOf(DamagedFileException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"x\":"})
  void decode_deep_isDamaged(String opening) {
    String json = "{\"x\":" + opening.repeat(10_000);
    assertThatThrownBy(() -> format.decode(ascii(json)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageStartingWith("it is no JSON");
  }

  @Test
  void decode_longNumberOrName_isDamaged() {
    assertThatThrownBy(() -> format.decode(ascii("{\"max_age\":" + "9".repeat(10_000) + "}")))
        .isInstanceOf(DamagedFileException.class);
    assertThatThrownBy(() -> format.decode(ascii("{\"" + "x".repeat(10_000) + "\":1}")))
        .isInstanceOf(DamagedFileException.class);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String ascii(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).matches("[ -~]*");
    return text;
  }
}
