package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What we host, fetched by a stranger across a real server, as it sees it. */
abstract class FetchedBySlixmppTests extends WithSlixmpp {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final String DATA =
      "<data xmlns='urn:xmpp:bob'"
          + " cid='sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org' %s"
          + " type='text/plain'>Y291Y291</data>";

  FetchedBySlixmppTests(ServerSoftware software) {
    super(software);
  }

  private Map<String, String> fetched(ContentId cid) {
    return slixmpp.fetch(juliet.self(), cid.value());
  }

  @Test
  void answer_hosted_isWhatTheStandardSays() {
    await(bob(juliet).set(COUCOU));

    Map<String, String> answer = fetched(COUCOU.cid());

    assertThat(LiteralXml.text(answer.get("xml"))).isEqualTo(LiteralXml.text(DATA.formatted("")));
    assertThat(answer).containsEntry("hex", "636f75636f75");
  }

  @Test
  void answer_withMaxAge_carriesIt() {
    await(bob(juliet).set(COUCOU.withMaxAge(Duration.ofDays(1))));

    assertThat(LiteralXml.text(fetched(COUCOU.cid()).get("xml")))
        .isEqualTo(LiteralXml.text(DATA.formatted("max-age='86400'")));
  }

  /** It ages nothing here: the stranger can ask as often as it likes. */
  @Test
  void answer_withMaxAgeOfZero_carriesItEachTime() {
    await(bob(juliet).set(COUCOU.withMaxAge(Duration.ZERO)));

    for (int i = 0; i < 2; i++) {
      assertThat(LiteralXml.text(fetched(COUCOU.cid()).get("xml")))
          .isEqualTo(LiteralXml.text(DATA.formatted("max-age='0'")));
    }
  }

  @Test
  void answer_sha256AsLargeAsAllowed_comesWhole() {
    byte[] bytes = new byte[8192];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    Bob large = Bob.of(HashAlgorithm.SHA_256, BobData.of(bytes), "image/png");
    await(bob(juliet).set(large));

    assertThat(fetched(large.cid())).containsEntry("hex", HexFormat.of().formatHex(bytes));
  }

  @Test
  void answer_unknown_isItemNotFound() {
    assertThat(fetched(COUCOU.cid()))
        .isEqualTo(Map.of("condition", "item-not-found", "type", "cancel"));
  }

  /** What was received is not served on. */
  @Test
  void answer_receivedFromAnother_isItemNotFound() {
    String cid = slixmpp.set("ZnJvbSBSb21lbw==", "text/plain");
    await(bob(juliet).fetch(SlixmppPeer.JID, ContentId.of(cid)));

    assertThat(fetched(ContentId.of(cid)))
        .isEqualTo(Map.of("condition", "item-not-found", "type", "cancel"));
  }
}
