package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobOffer;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The element {@code <data/>} as literal XML, both ways. */
class DataElementTest {
  private static final int BOUND = 8192;

  /** SHA-1 of "coucou". */
  private static final String CID = "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";

  private static final String EXAMPLE_TEXT =
      """

          iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAABGdBTUEAALGP
          C/xhBQAAAAlwSFlzAAALEwAACxMBAJqcGAAAAAd0SU1FB9YGARc5KB0XV+IA
          AAAddEVYdENvbW1lbnQAQ3JlYXRlZCB3aXRoIFRoZSBHSU1Q72QlbgAAAF1J
          REFUGNO9zL0NglAAxPEfdLTs4BZM4DIO4C7OwQg2JoQ9LE1exdlYvBBeZ7jq
          ch9//q1uH4TLzw4d6+ErXMMcXuHWxId3KOETnnXXV6MJpcq2MLaI97CER3N0
          vr4MkhoXe0rZigAAAABJRU5ErkJggg==
      """;

  @Test
  @DisplayName("3: a request is an empty <data cid/>")
  void request_cid_isAnEmptyElement() {
    assertThat(DataElement.request(ContentId.of(CID)).toXml())
        .isEqualTo("<data xmlns='urn:xmpp:bob' cid='" + CID + "'/>");
  }

  @Test
  @DisplayName("15: data is written on one line")
  void of_bob_isWrittenOnOneLine() {
    Bob bob = Bob.of("coucou".getBytes(), "text/plain");

    assertThat(bob.toElement().toXml())
        .isEqualTo(
            "<data xmlns='urn:xmpp:bob' cid='" + CID + "' type='text/plain'>Y291Y291</data>");
    String large = Bob.of(new byte[BOUND], "a/b").toElement().text();
    assertThat(large).isEqualTo("A".repeat(10_923) + "=");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 86_400, 2_147_483_647})
  @DisplayName("11: max-age is written as given, 0 included")
  void of_maxAge_isWrittenAsGiven(long seconds) {
    Bob bob = Bob.of("coucou".getBytes(), "text/plain").withMaxAge(Duration.ofSeconds(seconds));

    assertThat(bob.toElement().toXml())
        .isEqualTo(
            "<data xmlns='urn:xmpp:bob' cid='"
                + CID
                + "' max-age='"
                + seconds
                + "' type='text/plain'>Y291Y291</data>");
  }

  @Test
  void of_typeWithQuotes_isEscaped() {
    Bob bob = new Bob(ContentId.of("a&b'<"), "a/b;c=\"<&'\"", BobData.utf8("coucou"), null);

    assertThat(bob.toElement().toXml())
        .isEqualTo(
            "<data xmlns='urn:xmpp:bob' cid='a&amp;b&apos;&lt;'"
                + " type='a/b;c=\"&lt;&amp;&apos;\"'>Y291Y291</data>");
  }

  @ParameterizedTest
  @CsvSource({"a, YQ==", "aa, YWE=", "aaa, YWFh"})
  @DisplayName("15: pad bits are zero")
  void of_anyLength_isPaddedWithZeroBits(String text, String base64) {
    assertThat(Bob.of(text.getBytes(), "a/b").toElement().text()).isEqualTo(base64);
  }

  @Test
  void parse_completeElement_isRead() {
    Bob bob =
        parse(
            "<data xmlns='urn:xmpp:bob' max-age='86400' type='text/plain; charset=utf-8' cid='"
                + CID
                + "'>Y291Y291</data>");

    assertThat(bob)
        .isEqualTo(
            new Bob(
                ContentId.of(CID),
                "text/plain; charset=utf-8",
                BobData.utf8("coucou"),
                Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<data xmlns='urn:xmpp:bob' cid='x' type='a/b'/>",
        "<data xmlns='urn:xmpp:bob' cid='x' type='a/b'> \n</data>",
        "<data xmlns='urn:xmpp:bob' cid='x'/>",
        "<data xmlns='urn:xmpp:bob' type='a/b'"
            + " cid='sha1+da39a3ee5e6b4b0d3255bfef95601890afd80709@bob.xmpp.org'/>"
      })
  void parse_noBytes_isNoData(String empty) {
    rejected(empty, Reason.NO_DATA);
  }

  @Test
  @DisplayName("22: what its sender says of it can be read before it is decoded")
  void offered_data_isWhatTheSenderSays() {
    assertThat(offered("<data xmlns='urn:xmpp:bob' cid='x' type='a/b'> Y291\n Y2== </data>", true))
        .isEqualTo(
            new OfferedData(new BobOffer(ContentId.of("x"), "a/b", 4, true), null, "Y291Y2=="));
    assertThat(offered("<data xmlns='urn:xmpp:bob' cid='x' type='a/b' max-age='5'>=</data>", false))
        .as("no Base64, which shows when it is decoded")
        .isEqualTo(
            new OfferedData(
                new BobOffer(ContentId.of("x"), "a/b", 0, false), Duration.ofSeconds(5), "="));
  }

  @Test
  void offered_whiteSpaceAroundFewBytes_isNotHeld() {
    String spaces = " \n".repeat(10_000);

    assertThat(offered(data("x", spaces + "YQ==" + spaces), false).base64()).isEqualTo("YQ==");
  }

  @Test
  void offered_elementsInsideTheData_areNotBase64BeforeAnybodyIsAsked() {
    assertThatThrownBy(() -> offered(data("x", "YQ==<a/>"), false))
        .isInstanceOfSatisfying(
            BobException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_BASE64));
  }

  private static OfferedData offered(String xml, boolean asked) {
    return DataElement.offered(LiteralXml.element(xml), 4, asked);
  }

  @Test
  @DisplayName("15: the white space of the XEP's own examples is tolerated")
  void parse_whiteSpace_isLeftOut() {
    assertThat(parse(data("x", "Y29\n\t1Y2 \r 91")).data()).isEqualTo(BobData.utf8("coucou"));
    Bob example =
        parse(data("sha1+4b97ce7f0f06a0e05999f3c719cd5b4f3da992a7@bob.xmpp.org", EXAMPLE_TEXT));
    assertThat(example.data().size()).isEqualTo(247);
  }

  @Test
  @DisplayName("13, B12: the XEP's own example names the hash of the Base64 text")
  void parse_exampleOfTheXep_isAMismatch() {
    rejected(
        data("sha1+8f35fef110ffc5df08d579a50083ff9308fb6242@bob.xmpp.org", EXAMPLE_TEXT),
        Reason.HASH_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Y",
        "YQ",
        "YQ=",
        "YQ===",
        "YWE",
        "=",
        "====",
        "Y291Y29",
        "YQ==YQ==",
        "Y=Q=",
        "_-__",
        "Y2-_",
        "Y29*",
        "Y29.",
        "Y29&#160;",
        "Y291&#8195;",
        "Y291&#133;",
        "&#1040;&#1040;==",
        "&#65313;AAA",
        "&#x1F600;AA",
        "caf&#233;",
        "%59%51",
        "data:;base64,YQ==",
        "&lt;b/>"
      })
  @DisplayName("15: what is not Base64 is an error")
  void parse_notBase64_isRejected(String text) {
    rejected(data("x", text), Reason.NOT_BASE64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"YR==", "Yf==", "YWF=", "YWH="})
  @DisplayName("15: pad bits that are not zero are an error")
  void parse_padBits_areRejected(String text) {
    rejected(data("x", text), Reason.NOT_BASE64);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8190, 8191, 8192})
  @DisplayName("4: as large as the bound is taken, one byte more is not")
  void parse_sizeAtBound_isTakenAndOneAboveIsNot(int bound) {
    String at = Base64.getEncoder().encodeToString(new byte[bound]);
    String above = Base64.getEncoder().encodeToString(new byte[bound + 1]);

    assertThat(parse(data("x", at), bound).data().size()).isEqualTo(bound);
    assertThatThrownBy(() -> parse(data("x", above), bound))
        .isInstanceOfSatisfying(
            BobException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessage(
            "The data sent as 'x' has more than the allowed "
                + bound
                + " bytes (docs/errors.md#rejected-data)");
  }

  @Test
  @DisplayName("4: text that can only be too large is not decoded")
  void parse_hugeText_isNotDecoded() {
    // If it were decoded, it would be found not to be Base64.
    rejected(data("x", "*".repeat(1 << 20)), Reason.TOO_LARGE);
  }

  @Test
  void parse_manySpaces_doNotCountAsData() {
    assertThat(parse(data("x", " ".repeat(100_000) + "YQ==")).data().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "00, 0",
    "5, 5",
    "007, 7",
    "86400, 86400",
    "2147483647, 2147483647",
    "2147483648, 2147483647",
    "9999999999, 2147483647",
    "99999999999, 2147483647",
    "9223372036854775808, 2147483647",
  })
  @DisplayName("19: max-age is a non-negative integer, cut where it is huge")
  void parse_maxAge_isRead(String text, long seconds) {
    assertThat(parse(withMaxAge(text)).maxAge()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  @DisplayName("19: max-age of any number of digits")
  void parse_maxAgeOfManyDigits_isReadAllTheSame() {
    assertThat(parse(withMaxAge("9".repeat(5000))).maxAge())
        .isEqualTo(Duration.ofSeconds(2_147_483_647));
    assertThat(parse(withMaxAge("0".repeat(5000))).maxAge()).isEqualTo(Duration.ZERO);
    assertThat(parse(withMaxAge("0".repeat(5000) + "12")).maxAge())
        .isEqualTo(Duration.ofSeconds(12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "-0",
        "+1",
        "1.5",
        "1e3",
        "0x10",
        "5s",
        " 5",
        "one",
        "\u0661\u0662",
        "\uff15"
      })
  @DisplayName("19: any other max-age is ignored")
  void parse_otherMaxAge_isIgnored(String text) {
    assertThat(parse(withMaxAge(text)).maxAge()).isNull();
  }

  @Test
  @DisplayName("19: no max-age; and its name is literally max-age")
  void parse_noMaxAge_isNone() {
    assertThat(parse(data("x", "YQ==")).maxAge()).isNull();
    assertThat(
            parse(
                    "<data xmlns='urn:xmpp:bob' cid='x' type='a/b' max_age='5' maxage='5'"
                        + " xmlns:o='urn:other' o:max-age='5'>YQ==</data>")
                .maxAge())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "type=''",
        "type='text'",
        "type='text/'",
        "type='a/b; '",
        "type='a/b&#10;X: y'",
        "type='image png'"
      })
  @DisplayName("17: a media type is required")
  void parse_noMediaType_isRejected(String attribute) {
    rejected(
        "<data xmlns='urn:xmpp:bob' cid='x' " + attribute + ">YQ==</data>", Reason.NO_MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cid=''", "cid='&#9;'", "cid='a&#10;b'", "cid='a&#127;'"})
  @DisplayName("16: a content-id is required")
  void cid_absentOrMalformed_isRejected(String attribute) {
    rejected(
        "<data xmlns='urn:xmpp:bob' " + attribute + " type='a/b'>YQ==</data>",
        Reason.MALFORMED_CONTENT_ID);
  }

  @Test
  @DisplayName("16: a content-id is bounded")
  void cid_overLong_isRejected() {
    assertThat(parse(data("x".repeat(1023), "YQ==")).cid().value()).hasSize(1023);
    rejected(data("x".repeat(1024), "YQ=="), Reason.MALFORMED_CONTENT_ID);
    rejected(data("\u00e9".repeat(512), "YQ=="), Reason.MALFORMED_CONTENT_ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org",
        "sha1+5ED25AF7B1ED23FB00122E13D7F74C4D8262ACD8@bob.xmpp.org",
        "SHA1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org",
        "sha-1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org",
        "sha-256+110812f67fa1e1f0117f6f3d70241c1a42a7b07711a93c2477cc516d9042f9db@bob.xmpp.org",
      })
  @DisplayName("13, 18: the hash of the bytes, in any letter case")
  void parse_hashOfTheBytes_isTaken(String cid) {
    assertThat(parse(data(cid, "Y291Y291")).cid()).hasToString(cid);
    assertThat(ContentId.of(cid).isVerifiable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd9@bob.xmpp.org",
        "sha1+0000000000000000000000000000000000000000@bob.xmpp.org",
        "sha-256+010812f67fa1e1f0117f6f3d70241c1a42a7b07711a93c2477cc516d9042f9db@bob.xmpp.org",
      })
  @DisplayName("13: another hash is a mismatch")
  void parse_anotherHash_isRejected(String cid) {
    rejected(data(cid, "Y291Y291"), Reason.HASH_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "md5+00000000000000000000000000000000@bob.xmpp.org",
        "blake2b-256+0000000000000000000000000000000000000000000000000000000000000000@bob.xmpp.org",
        "sha1+00@bob.xmpp.org",
        "sha1+0000000000000000000000000000000000000000@example.org",
        "sha1+zzzz000000000000000000000000000000000000@bob.xmpp.org",
      })
  @DisplayName("14: a content-id without a hash that we know is taken unverified")
  void parse_noHashThatWeKnow_isTakenUnverified(String cid) {
    Bob bob = parse(data(cid, "Y291Y291"));

    assertThat(bob.cid().isVerifiable()).isFalse();
    assertThat(bob.data()).isEqualTo(BobData.utf8("coucou"));
  }

  @Test
  void parse_everyAlgorithm_comesBack() {
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      Bob bob = Bob.of(algorithm, BobData.utf8("coucou"), "text/plain");
      assertThat(parse(data(bob.cid().value(), "Y291Y291")).cid()).isEqualTo(bob.cid());
      rejected(data(bob.cid().value(), "Y291Y292"), Reason.HASH_MISMATCH);
    }
  }

  @Test
  void parse_hostileContentId_isCutAndCleanedInMessages() {
    String hostile = "\u202e" + "x".repeat(500);

    assertThatThrownBy(() -> parse(data(hostile, "*")))
        .hasMessage(
            "The data sent as '\uFFFD"
                + "x".repeat(99)
                + "...' is not Base64 (docs/errors.md#rejected-data)");
  }

  private static String data(String cid, String text) {
    return "<data xmlns='urn:xmpp:bob' cid='" + cid + "' type='a/b'>" + text + "</data>";
  }

  private static String withMaxAge(String value) {
    return "<data xmlns='urn:xmpp:bob' cid='x' type='a/b' max-age='" + value + "'>YQ==</data>";
  }

  private static Bob parse(String xml) {
    return parse(xml, BOUND);
  }

  private static Bob parse(String xml, int bound) {
    return DataElement.decode(DataElement.offered(LiteralXml.element(xml), bound, false));
  }

  private static void rejected(String xml, Reason reason) {
    assertThatThrownBy(() -> parse(xml))
        .isInstanceOfSatisfying(BobException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
