package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A picture that a real server sends of its own, in the form of who wants to register. */
abstract class CaptchaTests extends OnARealServer {
  /** One black point. */
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNg"
          + "AAAAAgABSK+kcQAAAABJRU5ErkJggg==";

  private static final String CID = "sha1+91bfbed99ea3ff574447a2ab340744f36621d80b@bob.xmpp.org";
  private static final Jid ELSEWHERE = Jid.of("chain.example.org");
  private static final String REGISTER = "jabber:iq:register";

  CaptchaTests(ServerSoftware software) {
    super(software);
  }

  @Test
  @DisplayName("6, 12: the picture of a form to register is found inside it, and verified")
  void take_formToRegister_givesThePicture() {
    XmppClient juliet = connected(JULIET);

    Iq form = await(juliet.request(Iq.get(ELSEWHERE, XmlElement.of("query", REGISTER))));

    XmlElement query = form.payload().orElseThrow();
    assertThat(LiteralXml.text(query.child("data", "urn:xmpp:bob").orElseThrow()))
        .isEqualTo(
            LiteralXml.text(
                "<data xmlns='urn:xmpp:bob' cid='%s' max-age='0' type='image/png'>%s</data>"
                    .formatted(CID, PNG)));
    assertThat(query.toXml()).contains("<uri type='image/png'>cid:" + CID + "</uri>");
    Bob picture = Bob.of(BobData.fromBase64(PNG).toByteArray(), "image/png");
    assertThat(await(bob(juliet).take(form))).containsExactly(picture.withMaxAge(Duration.ZERO));
    assertThat(picture.cid()).hasToString(CID);
    assertThat(await(bob(juliet).get(picture.cid()))).isEmpty();
  }
}
