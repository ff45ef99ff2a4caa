package dev.bobbin.interop;

import static dev.bobbin.interop.OnARealServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The element itself: its text and its attributes (XEP-0231 sections 2.5 and 2.6). */
abstract class FormatLines extends Lines {
  /** The picture of the standard's examples 2 and 7, broken and indented as it is there. */
  private static final String PICTURE =
      """

          iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAABGdBTUEAALGP
          C/xhBQAAAAlwSFlzAAALEwAACxMBAJqcGAAAAAd0SU1FB9YGARc5KB0XV+IA
          AAAddEVYdENvbW1lbnQAQ3JlYXRlZCB3aXRoIFRoZSBHSU1Q72QlbgAAAF1J
          REFUGNO9zL0NglAAxPEfdLTs4BZM4DIO4C7OwQg2JoQ9LE1exdlYvBBeZ7jq
          ch9//q1uH4TLzw4d6+ErXMMcXuHWxId3KOETnnXXV6MJpcq2MLaI97CER3N0
          vr4MkhoXe0rZigAAAABJRU5ErkJggg==
        """;

  private static final String THEIR_CID =
      "sha1+8f35fef110ffc5df08d579a50083ff9308fb6242@bob.xmpp.org";
  private static final String RIGHT_CID =
      "sha1+4b97ce7f0f06a0e05999f3c719cd5b4f3da992a7@bob.xmpp.org";

  private static final String BAD_REQUEST =
      "<error type='modify'><bad-request %s/><text %s>no content-id</text></error>"
          .formatted(STANZAS, STANZAS);

  FormatLines(Place place) {
    super(place);
  }

  private static String png(String cid) {
    return data(cid, "max-age='86400' type='image/png'", PICTURE);
  }

  @Test
  @DisplayName(
      "13, 15, B12: the standard's own example, whose hash is that of the text, is rejected")
  void receive_exampleOfTheStandard_isRejected() {
    rejects(Reason.HASH_MISMATCH, THEIR_CID, png(THEIR_CID));
    assertThat(await(bob().take(push(png(THEIR_CID))))).isEmpty();
  }

  @Test
  @DisplayName(
      "13, 15: under the hash of its bytes it is taken, white space and all, and sent without")
  void receive_exampleUnderItsHash_isTaken() {
    Bob picture = fetch(RIGHT_CID, png(RIGHT_CID));

    assertThat(picture.cid().matches(picture.data())).isTrue();
    assertThat(picture.data().size()).isEqualTo(247);
    await(bob().set(picture));
    ask("a", RIGHT_CID);
    heardResult(
        "a", data(RIGHT_CID, "max-age='86400' type='image/png'", PICTURE.replaceAll("[ \\n]", "")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  @DisplayName("15: Base64 is sent with padding, pad bits of zero, and no white space")
  void request_hosted_isStrictBase64(int size) {
    String[] texts = {"", "/w==", "//8=", "////", "/////w=="};
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 0xFF);
    await(bob().set(new Bob(ContentId.of("ones"), "text/plain", BobData.of(bytes), null)));

    ask("a", "ones");
    heardResult("a", data("ones", texts[size]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Y29",
        "Y2_-Y291",
        "Y291!",
        "Y2=1",
        "Y291Y291=",
        "=",
        "YR==",
        "YWF=",
        "Y2\u00a091",
        "Y291<b xmlns='urn:b'/>Y29"
      })
  @DisplayName("15: what is not Base64 is rejected, pad bits that are not zero included")
  void receive_notBase64_isRejected(String text) {
    rejects(Reason.NOT_BASE64, "x", data("x", text));
  }

  @Test
  @DisplayName("16: our content-ids are algo+hex@bob.xmpp.org over the bytes")
  void set_bytes_areNamedByTheirHash() {
    assertThat(await(bob().set("coucou".getBytes(), "text/plain"))).hasToString(COUCOU_CID);

    ask("a", COUCOU_CID);
    heardResult("a", COUCOU_DATA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cid=''", "CID='x'", "cid='a&#x7f;b'"})
  @DisplayName("16: a request without a content-id is a bad one")
  void request_noContentId_isABadRequest(String attributes) {
    peer.say(
        "<iq type='get' id='a' to='juliet@example.org/lines'><data xmlns='urn:xmpp:bob' %s/></iq>"
            .formatted(attributes));

    heardError("a", BAD_REQUEST);
  }

  /** Prosody forwards a line feed as such, which in an attribute is a space to who reads it. */
  @Test
  @DisplayName("16: a content-id with a line feed is none, where it arrives with one")
  void request_contentIdWithALineFeed_isABadRequestUnlessItWasChanged() {
    ask("a", "a&#10;b");

    if (place == Place.PROSODY) {
      heardError("a", "cancel", "item-not-found");
    } else {
      heardError("a", BAD_REQUEST);
    }
  }

  @Test
  @DisplayName("16: data without a content-id is not taken")
  void receive_noContentId_isRejected() {
    rejects(
        Reason.MALFORMED_CONTENT_ID,
        "x",
        "<data xmlns='urn:xmpp:bob' type='text/plain'>Y291Y291</data>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "type=''", "type='image'", "type='image/'", "type='a/b;'", "type='a b/c'"})
  @DisplayName("17: data without a media type is not taken")
  void receive_noMediaType_isRejected(String type) {
    rejects(Reason.NO_MEDIA_TYPE, "x", data("x", type, COUCOU_TEXT));
  }

  @Test
  @DisplayName("17: nor is it hosted")
  void set_noMediaType_isRefused() {
    assertThatThrownBy(() -> await(bob().set("coucou".getBytes(), "image")))
        .isInstanceOf(IllegalArgumentException.class);
    ask("a", COUCOU_CID);
    heardError("a", "cancel", "item-not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "audio/ogg; codecs=speex", "text/plain;charset=\"utf-8\""})
  @DisplayName("17: a media type goes across as it is, parameters included")
  void type_withParameters_goesAcross(String type) {
    String data = data(COUCOU_CID, "type='" + type + "'", COUCOU_TEXT);

    Bob bob = fetch(COUCOU_CID, data);
    assertThat(bob.type()).isEqualTo(type);
    await(bob().set(bob));
    ask("a", COUCOU_CID);
    heardResult("a", data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8",
        "sha-224+c70455a4afaed0d8a67660b21e957e021ef3f6db37d02d7855c751fc",
        "sha-256+110812f67fa1e1f0117f6f3d70241c1a42a7b07711a93c2477cc516d9042f9db",
        "sha-384+a860b08391166c32df25b4789d30b57521a501cc8346359e82682ce3ee1592d2"
            + "6c53099b97e4fadc338210933d4d37c1",
        "sha-512+e05af1399f4f4beb7934c9f12ba5a9c88f7ee1e8ef3fe7a167be4b979c515d24"
            + "102ad90d3a0754d48fc5930f6369a3087e686e9732ef3460e6439a95089b4800",
        "sha3-224+6929a448b5427406f6bbaff63be38f76f21fb0a8b192a04dd6ea24a0",
        "sha3-256+770f3b5e4168e998f047a9f4c4f525deaa2659a095de096b0b27e57df8239ad7",
        "sha3-384+0c2b04cdc37d6e5e4fb36ea959a946acbe9dc0493931b2d6fc56fb9b6d1302d6"
            + "768400a1826e090d5a0f63c77d11dabd",
        "sha3-512+f382b031fcfc9221f61d986d72dd1daf555c000d4fd08b14122628332b07dc4b"
            + "16ab6b6488456d1e612abf6eafc3839bbcc89c952770997f26b34fbab9e05cbf"
      })
  @DisplayName("18: hashes have the names of the standard, both ways")
  void hash_ofEachAlgorithm_isSpeltAndChecked(String hash) {
    String cid = hash + "@bob.xmpp.org";
    HashAlgorithm algorithm =
        HashAlgorithm.named(hash.substring(0, hash.indexOf('+'))).orElseThrow();

    rejects(Reason.HASH_MISMATCH, cid, data(cid, "YQ=="));
    assertThat(fetch(cid, data(cid, COUCOU_TEXT)).data()).isEqualTo(COUCOU.data());
    restart(builder -> builder.algorithm(algorithm));
    assertThat(await(bob().set("coucou".getBytes(), "text/plain"))).hasToString(cid);
    ask("a", cid);
    heardResult("a", data(cid, COUCOU_TEXT));
  }

  @Test
  @DisplayName("18: sha-1 and capitals are understood, and checked")
  void hash_speltOtherwise_isChecked() {
    String cid = "SHA-1+5ED25AF7B1ED23FB00122E13D7F74C4D8262ACD8@bob.xmpp.org";

    rejects(Reason.HASH_MISMATCH, cid, data(cid, "YQ=="));
    CompletableFuture<Bob> fetching = fetch(cid);
    answer(heardRequest(cid), data(cid, COUCOU_TEXT));
    assertThat(await(fetching).data()).isEqualTo(COUCOU.data());
  }
}
