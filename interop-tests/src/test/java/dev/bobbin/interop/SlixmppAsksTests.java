package dev.bobbin.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What we host, fetched by a stranger across a real server, as it sees it. */
abstract class SlixmppAsksTests extends WithSlixmpp {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(UTF_8), "text/plain");
  private static final String COUCOU_CID =
      "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";
  private static final String DATA =
      "<data xmlns='urn:xmpp:bob' cid='" + COUCOU_CID + "' %s type='text/plain'>Y291Y291</data>";
  private static final Map<String, String> NOT_FOUND =
      Map.of("condition", "item-not-found", "type", "cancel");

  SlixmppAsksTests(ServerSoftware software) {
    super(software);
  }

  private Map<String, String> fetched(ContentId cid) {
    return slixmpp.fetch(juliet.self(), cid.value());
  }

  /** What comes back for an IQ of the stranger's, whole. */
  private String answered(String id, String type, String payload) {
    slixmpp.send(
        "<iq type='%s' id='%s' to='%s'>%s</iq>".formatted(type, id, juliet.self(), payload));
    return LiteralXml.text(slixmpp.received('"' + id + '"'));
  }

  private String answer(String id, String type, String children) {
    return LiteralXml.text(
        "<iq xmlns='jabber:client' xml:lang='en' type='%s' id='%s' from='%s' to='%s'>%s</iq>"
            .formatted(type, id, juliet.self(), SlixmppPeer.JID, children));
  }

  private String error(String id, String type, String condition) {
    return answer(
        id,
        "error",
        "<error type='%s'><%s xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
            .formatted(type, condition));
  }

  @Test
  @DisplayName("2: what the stranger has cached it does not ask us for again")
  void answer_oneThatIsCached_isWantedOnce() {
    List<ContentId> wanted = new CopyOnWriteArrayList<>();
    juliet
        .api()
        .register(
            BobMethods.MAY_FETCH,
            ApiScope.everywhere(),
            ApiHandler.direct(call -> wanted.add(call.args())));
    Bob once = Bob.of("wanted once".getBytes(UTF_8), "text/plain");
    await(bob(juliet).set(once));

    for (int i = 0; i < 2; i++) {
      assertThat(slixmpp.fetchUnlessCached(juliet.self(), once.cid().value()))
          .containsEntry("hex", HexFormat.of().formatHex(once.data().toByteArray()));
    }
    assertThat(wanted).containsExactly(once.cid());
  }

  @Test
  @DisplayName("3, 16: the stranger's request, and our answer as it reaches it")
  void answer_hosted_isWhatTheStandardSays() {
    await(bob(juliet).set("coucou".getBytes(UTF_8), "text/plain"));

    assertThat(answered("asks3", "get", "<data xmlns='urn:xmpp:bob' cid='" + COUCOU_CID + "'/>"))
        .isEqualTo(answer("asks3", "result", DATA.formatted("")));
    assertThat(fetched(COUCOU.cid()))
        .containsEntry("hex", "636f75636f75")
        .hasEntrySatisfying(
            "xml",
            xml -> assertThat(LiteralXml.text(xml)).isEqualTo(LiteralXml.text(DATA.formatted(""))));
  }

  @Test
  @DisplayName("4: 8 KiB come whole, one byte more only where the application allows it")
  void answer_asLargeAsAllowed_comesWhole() {
    byte[] bytes = new byte[8193];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    Bob tooLarge = Bob.of(bytes, "image/png");
    Bob large = Bob.of(HashAlgorithm.SHA_256, BobData.of(bytes), "image/png");
    byte[] allowed = Arrays.copyOf(bytes, 8192);

    ContentId cid = await(bob(juliet).set(allowed, "image/png"));
    assertThat(fetched(cid)).containsEntry("hex", HexFormat.of().formatHex(allowed));
    assertThatThrownBy(() -> await(bob(juliet).set(tooLarge)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("docs/errors.md#too-large");
    assertThat(fetched(tooLarge.cid())).isEqualTo(NOT_FOUND);

    bits(builder -> builder.maxItemBytes(8193));
    await(bob(juliet).set(large));
    assertThat(fetched(large.cid())).containsEntry("hex", HexFormat.of().formatHex(bytes));
  }

  @Test
  @DisplayName("7: what we do not host, or host no more, is item-not-found of type cancel")
  void answer_unknown_isItemNotFound() {
    assertThat(fetched(COUCOU.cid())).isEqualTo(NOT_FOUND);

    await(bob(juliet).set(COUCOU));
    await(bob(juliet).delete(COUCOU.cid()));
    assertThat(answered("asks7", "get", "<data xmlns='urn:xmpp:bob' cid='" + COUCOU_CID + "'/>"))
        .isEqualTo(error("asks7", "cancel", "item-not-found"));
  }

  @Test
  @DisplayName("8: an IQ-set with data gets feature-not-implemented, and is not taken")
  void answer_toASet_isFeatureNotImplemented() {
    assertThat(answered("asks8", "set", DATA.formatted("")))
        .isEqualTo(error("asks8", "cancel", "feature-not-implemented"));
    assertThat(kept(COUCOU.cid())).isEmpty();
  }

  /** It ages nothing here: the stranger can ask as often as it likes. */
  @Test
  @DisplayName("11, 12: max-age goes as it was given, zero included, and ages nothing here")
  void answer_withMaxAge_carriesItEachTime() {
    for (long seconds : new long[] {86400, 0}) {
      await(bob(juliet).set(COUCOU.withMaxAge(Duration.ofSeconds(seconds))));
      for (int i = 0; i < 2; i++) {
        assertThat(LiteralXml.text(fetched(COUCOU.cid()).get("xml")))
            .isEqualTo(LiteralXml.text(DATA.formatted("max-age='" + seconds + "'")));
        now.updateAndGet(before -> before.plus(Duration.ofDays(2)));
      }
    }
  }

  @Test
  @DisplayName("15, 17: the standard Base64 alphabet with its padding, a type with parameters")
  void answer_allKindsOfBase64_hasNoWhiteSpace() {
    byte[] bytes = HexFormat.of().parseHex("fbffbeff");
    await(bob(juliet).set(bytes, "text/plain; charset=\"utf-8\""));

    Map<String, String> answer = fetched(Bob.of(bytes, "text/plain").cid());

    assertThat(answer).containsEntry("hex", "fbffbeff");
    assertThat(LiteralXml.text(answer.get("xml")))
        .isEqualTo(
            LiteralXml.text(
                "<data xmlns='urn:xmpp:bob'"
                    + " cid='sha1+fcbe12a8d6a9f92f8f8ea7097741eda917b4a2d8@bob.xmpp.org'"
                    + " type='text/plain; charset=\"utf-8\"'>+/++/w==</data>"));
  }

  @Test
  @DisplayName("16: a request without a content-id is a bad request")
  void answer_withoutContentId_isBadRequest() {
    String answer = answered("asks16", "get", "<data xmlns='urn:xmpp:bob'/>");

    assertThat(answer)
        .isEqualTo(
            answer(
                "asks16",
                "error",
                "<error type='modify'>"
                    + "<bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                    + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>no content-id</text>"
                    + "</error>"));
  }

  @Test
  @DisplayName("18: hosted under each algorithm, by the names of XEP-0300 but for sha1")
  void answer_eachAlgorithm_isNamedAsTheStandardSays() {
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      await(bob(juliet).set(Bob.of(algorithm, BobData.utf8("hello"), "text/plain")));
    }

    assertThat(HelloCids.ALL).hasSize(HashAlgorithm.values().length);
    assertThat(HelloCids.ALL)
        .allSatisfy(
            cid -> assertThat(fetched(ContentId.of(cid))).containsEntry("hex", "68656c6c6f"));
  }

  @Test
  @DisplayName("B5: whom the rule refuses is told the same as of what is absent")
  void answer_refused_isLikeAbsent() {
    String request = "<data xmlns='urn:xmpp:bob' cid='" + COUCOU_CID + "'/>";
    String absent = answered("asks", "get", request);
    await(bob(juliet).set(COUCOU));
    try (var rule =
        juliet
            .api()
            .register(
                BobMethods.MAY_FETCH,
                ApiScope.everywhere(),
                ApiHandler.direct(call -> !call.from().orElseThrow().equals(SlixmppPeer.JID)))) {
      assertThat(answered("asks", "get", request)).isEqualTo(absent);
    }
    assertThat(absent).isEqualTo(error("asks", "cancel", "item-not-found"));
    assertThat(fetched(COUCOU.cid())).containsEntry("hex", "636f75636f75");
  }

  /** Of 1,100 bytes a second, 8 s are saved up at most, and half a KiB is charged for each. */
  @Test
  @DisplayName("B8: who asks for too much is told to wait, and is served when it has")
  void answer_overTheBudget_isResourceConstraint() {
    bits(builder -> builder.servedBytesPerSecond(1100));
    ContentId cid = await(bob(juliet).set(new byte[8192], "image/png"));

    assertThat(fetched(cid)).containsKey("hex");
    assertThat(fetched(cid)).isEqualTo(Map.of("condition", "resource-constraint", "type", "wait"));
    assertThat(answered("asksmore", "get", "<data xmlns='urn:xmpp:bob' cid='" + cid + "'/>"))
        .isEqualTo(error("asksmore", "wait", "resource-constraint"));
    now.updateAndGet(before -> before.plusSeconds(8));
    assertThat(fetched(cid)).containsKey("hex");
  }

  @Test
  @DisplayName("B6: what came from others is not served on, unless the application says so")
  void answer_receivedFromAnother_isItemNotFound() {
    String cid = slixmpp.set("ZnJvbSBSb21lbw==", "text/plain");
    fetch(cid);
    assertThat(fetched(ContentId.of(cid))).isEqualTo(NOT_FOUND);

    bits(builder -> builder.serveReceived(true));
    fetch(cid);
    assertThat(fetched(ContentId.of(cid))).containsEntry("hex", "66726f6d20526f6d656f");
  }
}
