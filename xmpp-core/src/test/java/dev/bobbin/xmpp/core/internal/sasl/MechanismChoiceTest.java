package dev.bobbin.xmpp.core.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MechanismChoiceTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Credentials BY_PASSWORD =
      Credentials.byPassword(JULIET, Password.of("r0m30".toCharArray()));
  private static final List<ChannelBinding> BOTH =
      List.of(binding("tls-exporter"), binding("tls-server-end-point"));

  private static ChannelBinding binding(String type) {
    return new ChannelBinding(type, new byte[] {1});
  }

  private static List<String> words(String text) {
    return text == null ? List.of() : Arrays.asList(text.split(" "));
  }

  private static MechanismChoice choice(
      Credentials credentials, String offered, String listed, List<ChannelBinding> ours) {
    return new MechanismChoice(credentials, new SaslOffer(words(offered), words(listed)), ours);
  }

  @ParameterizedTest
  @CsvSource({
    // The strongest hash, then bound before unbound; PLAIN and what is for others never.
    "SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-512, , SCRAM-SHA-512",
    "PLAIN SCRAM-SHA-1 EXTERNAL ANONYMOUS X-OAUTH2, , SCRAM-SHA-1",
    "SCRAM-SHA-1 SCRAM-SHA-1-PLUS, tls-exporter, SCRAM-SHA-1-PLUS",
    "SCRAM-SHA-1-PLUS SCRAM-SHA-256, tls-exporter, SCRAM-SHA-256",
    "SCRAM-SHA-512 SCRAM-SHA-256-PLUS, tls-exporter, SCRAM-SHA-512",
    "SCRAM-SHA-256-PLUS SCRAM-SHA-256 SCRAM-SHA-512-PLUS, tls-exporter, SCRAM-SHA-512-PLUS",
    "SCRAM-SHA-256-PLUS, tls-server-end-point, SCRAM-SHA-256-PLUS",
    // Not without a common type.
    "SCRAM-SHA-256-PLUS SCRAM-SHA-256, , SCRAM-SHA-256",
    "SCRAM-SHA-256-PLUS SCRAM-SHA-1, tls-unique, SCRAM-SHA-1",
    "SCRAM-SHA-256-PLUS, tls-unique TLS-EXPORTER, ",
    "PLAIN EXTERNAL ANONYMOUS, tls-exporter, ",
    // Names are compared as they stand.
    "scram-sha-256 SCRAM-SHA-256x SCRAM_SHA_256 SCRAM-SHA-384, , ",
    ", , ",
  })
  void best_byPassword_isTheStrongestOfBothInAnyOrder(
      String offered, String listed, String expected) {
    List<String> names = new ArrayList<>(words(offered));
    for (int turn = 0; turn <= names.size(); turn++) {
      Collections.rotate(names, 1);
      assertThat(
              new MechanismChoice(BY_PASSWORD, new SaslOffer(names, words(listed)), BOTH)
                  .best()
                  .map(ChosenMechanism::name)
                  .orElse(null))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SCRAM-SHA-256-PLUS, tls-exporter, 'p=tls-exporter,,'",
    "SCRAM-SHA-256-PLUS, tls-server-end-point tls-exporter, 'p=tls-exporter,,'",
    "SCRAM-SHA-256-PLUS, x tls-server-end-point tls-unique, 'p=tls-server-end-point,,'",
    // The server says that it binds, and we cannot with what it lists.
    "SCRAM-SHA-256 SCRAM-SHA-256-PLUS, tls-unique, 'n,,'",
    "SCRAM-SHA-256 SCRAM-SHA-256-PLUS, , 'n,,'",
    "SCRAM-SHA-512 SCRAM-SHA-256-PLUS, tls-exporter, 'n,,'",
    "SCRAM-SHA-256 SCRAM-SHA-384-PLUS, tls-exporter, 'n,,'",
    // It does not, and we could.
    "SCRAM-SHA-256, , 'y,,'",
    "SCRAM-SHA-256 X-PLUS, tls-exporter, 'y,,'",
  })
  void header_whatServerOffers_saysWhetherWeSawItBind(
      String offered, String listed, String header) {
    assertThat(choice(BY_PASSWORD, offered, listed, BOTH).best().orElseThrow().gs2())
        .hasToString(header);
  }

  @Test
  void header_weCannotBindOrMayNot_saysSo() {
    Credentials unbound = BY_PASSWORD.restrictedTo(List.of("SCRAM-SHA-256", "SCRAM-SHA-1"));

    assertThat(choice(BY_PASSWORD, "SCRAM-SHA-256", null, List.of()).best().orElseThrow().gs2())
        .hasToString("n,,");
    assertThat(choice(unbound, "SCRAM-SHA-256", null, BOTH).best().orElseThrow().gs2())
        .hasToString("n,,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN SCRAM-SHA-1 SCRAM-SHA-256", "SCRAM-SHA-256 PLAIN SCRAM-SHA-1"})
  void best_named_isTheStrongestOfThoseWhateverTheirOrder(String named) {
    Credentials restricted = BY_PASSWORD.restrictedTo(words(named));

    assertThat(restricted.mechanismNames())
        .containsExactly("SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN");
    assertThat(name(choice(restricted, "PLAIN SCRAM-SHA-1", null, BOTH))).isEqualTo("SCRAM-SHA-1");
    assertThat(name(choice(restricted, "PLAIN SCRAM-SHA-512", null, BOTH))).isEqualTo("PLAIN");
  }

  private static String name(MechanismChoice choice) {
    return choice.best().orElseThrow().name();
  }

  @Test
  void best_certificateOrNobody_isTheirs() {
    String all = "SCRAM-SHA-512 EXTERNAL ANONYMOUS PLAIN";

    assertThat(name(choice(Credentials.byCertificate(JULIET), all, null, BOTH)))
        .isEqualTo("EXTERNAL");
    assertThat(name(choice(Credentials.anonymous(Jid.of("example.org")), all, null, BOTH)))
        .isEqualTo("ANONYMOUS");
  }

  @Test
  void leftOut_eachReason_isNamed() {
    String all = "PLAIN EXTERNAL SCRAM-SHA-1 SCRAM-SHA-256-PLUS";

    assertThat(choice(BY_PASSWORD, "PLAIN EXTERNAL SCRAM-SHA-1-PLUS", null, BOTH).leftOut())
        .containsExactly(
            "SCRAM-SHA-1-PLUS needs a type of channel binding, and the server lists none"
                + " (XEP-0440)",
            "PLAIN is used only when mechanisms(\"PLAIN\") names it",
            "EXTERNAL is for XmppClient.external(account)");
    assertThat(
            choice(BY_PASSWORD.restrictedTo(words("SCRAM-SHA-256-PLUS")), all, "tls-unique", BOTH)
                .leftOut())
        .containsExactly(
            "SCRAM-SHA-256-PLUS needs a type of channel binding that both sides know; this client"
                + " can make [tls-exporter, tls-server-end-point]",
            "SCRAM-SHA-1 is not among those that mechanisms(...) names",
            "PLAIN is not among those that mechanisms(...) names",
            "EXTERNAL is for XmppClient.external(account)");
  }

  @Test
  void offer_features_areReadOnceEachAndOnlyWhereTheyStand() {
    XmlElement.Builder mechanisms =
        XmlElement.builder("mechanisms", "urn:ietf:params:xml:ns:xmpp-sasl");
    for (int i = 0; i < 1000; i++) {
      mechanisms.add("mechanism", "SCRAM-SHA-1");
    }
    XmlElement bindings =
        XmlElement.builder("sasl-channel-binding", "urn:xmpp:sasl-cb:0")
            .add(listed("tls-exporter"))
            .add(listed("tls-exporter"))
            .add(XmlElement.of("channel-binding", "urn:xmpp:sasl-cb:0"))
            .add(XmlElement.builder("channel-binding", "x").attribute("type", "other").build())
            .build();

    SaslOffer offer =
        SaslOffer.of(
            XmlElement.builder("features", "http://etherx.jabber.org/streams")
                .add(bindings)
                .add(mechanisms.add("mechanism", " PLAIN ").add("other", "X").build())
                .build());

    assertThat(offer.mechanisms()).containsExactly("SCRAM-SHA-1", " PLAIN ");
    assertThat(offer.bindings()).containsExactly("tls-exporter");
    assertThat(SaslOffer.of(XmlElement.of("features", "x")))
        .isEqualTo(new SaslOffer(List.of(), List.of()));
  }

  private static XmlElement listed(String type) {
    return XmlElement.builder("channel-binding", "urn:xmpp:sasl-cb:0")
        .attribute("type", type)
        .build();
  }
}
