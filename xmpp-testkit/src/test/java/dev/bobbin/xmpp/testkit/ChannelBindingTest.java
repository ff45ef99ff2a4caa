package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelBindingTest {
  private static final String END_POINT = "tls-server-end-point";
  private static final String EXPORTER = "tls-exporter";
  private static final String PLUS = "SCRAM-SHA-256-PLUS";
  private static final boolean HAS_EXPORTER = Runtime.version().feature() >= 25;

  private static LoopbackServer server;

  private static LoopbackServerBuilder builder() {
    return Servers.builder().account("juliet", "secret1");
  }

  @BeforeAll
  static void startServer() {
    server =
        builder()
            .mechanisms(
                "SCRAM-SHA-512-PLUS",
                "SCRAM-SHA-256-PLUS",
                "SCRAM-SHA-1-PLUS",
                "SCRAM-SHA-512",
                "SCRAM-SHA-256")
            .start();
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  private static byte[] certificateHash() throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(server.certificate().getEncoded());
  }

  private static ScramClient juliet(String mechanism) {
    return new ScramClient(mechanism, "juliet", "secret1");
  }

  private static String list(String... types) {
    StringBuilder list = new StringBuilder("<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>");
    for (String type : types) {
      list.append("<channel-binding type='").append(type).append("'/>");
    }
    return list.append("</sasl-channel-binding>").toString();
  }

  private static String mechanisms(String... names) {
    StringBuilder list = new StringBuilder("<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>");
    for (String name : names) {
      list.append("<mechanism>").append(name).append("</mechanism>");
    }
    return list.append("</mechanisms>").toString();
  }

  private static String features(LoopbackServer of, String... protocols) throws IOException {
    try (RawClient client = new RawClient(of)) {
      client.open();
      client.startTls(protocols);
      return client.open();
    }
  }

  @Test
  void features_tls13_listWhatTheJvmCanBindTo() throws IOException {
    String all =
        mechanisms(
            "SCRAM-SHA-512-PLUS",
            "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-1-PLUS",
            "SCRAM-SHA-512",
            "SCRAM-SHA-256");

    assertThat(features(server, "TLSv1.3"))
        .isEqualTo((HAS_EXPORTER ? list(EXPORTER, END_POINT) : list(END_POINT)) + all);
    assertThat(TlsExporter.isAvailable()).isEqualTo(HAS_EXPORTER);
  }

  @Test
  void features_tls12_leaveTheExporterOut() throws IOException {
    assertThat(features(server, "TLSv1.2")).startsWith(list(END_POINT) + "<mechanisms");
  }

  @Test
  void features_nothingToBindTo_haveNoPlus() throws IOException {
    try (LoopbackServer other =
        builder().mechanisms(PLUS, "SCRAM-SHA-256").channelBindings(EXPORTER).start()) {
      assertThat(features(other, "TLSv1.2")).isEqualTo(mechanisms("SCRAM-SHA-256"));
      assertThat(features(other, "TLSv1.3"))
          .isEqualTo(
              HAS_EXPORTER
                  ? list(EXPORTER) + mechanisms(PLUS, "SCRAM-SHA-256")
                  : mechanisms("SCRAM-SHA-256"));
    }
  }

  @Test
  void features_withoutPlus_listNoBindings() throws IOException {
    try (LoopbackServer other = builder().mechanisms("SCRAM-SHA-256").start()) {
      assertThat(features(other)).isEqualTo(mechanisms("SCRAM-SHA-256"));
    }
  }

  @Test
  void features_chosenList_isListedWhateverIsTaken() throws IOException {
    try (LoopbackServer silent = builder().mechanisms(PLUS).listedChannelBindings().start();
        LoopbackServer odd =
            builder().mechanisms(PLUS).listedChannelBindings("tls-unique", "x.1-y").start()) {
      assertThat(features(silent)).isEqualTo(mechanisms(PLUS));
      assertThat(features(odd)).isEqualTo(list("tls-unique", "x.1-y") + mechanisms(PLUS));
    }
  }

  @Test
  void channelBindings_badName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().channelBindings("tls-unique"))
        .withMessage(
            "No channel binding 'tls-unique'; there are: [tls-exporter, tls-server-end-point]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().channelBindings(EXPORTER, EXPORTER))
        .withMessage("The channel binding 'tls-exporter' comes twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().listedChannelBindings("a'b"))
        .withMessage("'a'b' is no name of a channel binding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-512-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS"})
  void auth_boundToTheCertificate_succeeds(String mechanism) throws Exception {
    try (RawClient client = RawClient.secured(server)) {
      client.logIn(mechanism, juliet(mechanism).bindingTo(END_POINT, certificateHash()));

      assertThat(client.bind("balcony")).isEqualTo("juliet@example.org/balcony");
    }
  }

  @Test
  void auth_boundToTheExporter_succeedsWhereTheJvmHasIt() throws Exception {
    try (RawClient client = RawClient.secured(server)) {
      if (HAS_EXPORTER) {
        client.logIn(PLUS, juliet(PLUS).bindingTo(EXPORTER, client.exported()));
      } else {
        client.send(RawClient.auth(PLUS, "p=tls-exporter,,n=juliet,r=abc"));
        client.expect(RawClient.failure("not-authorized", "unsupported-channel-binding-type"));
      }
    }
  }

  @Test
  void auth_boundToTheExporterOfAnotherConnection_isNotAuthorized() throws Exception {
    try (RawClient client = RawClient.secured(server);
        RawClient other = RawClient.secured(server)) {
      if (HAS_EXPORTER) {
        refuse(client, juliet(PLUS).bindingTo(EXPORTER, other.exported()));
      } else {
        assertThat(TlsExporter.data(other.session())).isEmpty();
      }
    }
  }

  @Test
  void auth_boundToAnotherCertificate_isNotAuthorized() throws Exception {
    byte[] wrong = certificateHash();
    wrong[31] ^= 1;
    try (RawClient client = RawClient.secured(server)) {
      refuse(client, juliet(PLUS).bindingTo(END_POINT, wrong));
      refuse(client, juliet(PLUS).bindingTo(END_POINT, new byte[0]));
    }
  }

  private static void refuse(RawClient client, ScramClient scram) throws IOException {
    client.send(RawClient.auth(PLUS, scram.first()));
    client.send(RawClient.response(scram.last(client.challenge())));
    client.expect(RawClient.failure("not-authorized", "channel-bindings-dont-match"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A type that is not taken.
        "SCRAM-SHA-256-PLUS | p=tls-unique,, | not-authorized | unsupported-channel-binding-type",
        // Somebody took our -PLUS out of the list.
        "SCRAM-SHA-256 | y,, | not-authorized | server-does-support-channel-binding",
        // A mechanism and a flag that do not go together.
        "SCRAM-SHA-256 | p=tls-server-end-point,, | malformed-request |",
        "SCRAM-SHA-256-PLUS | n,, | malformed-request |",
        "SCRAM-SHA-256-PLUS | y,, | malformed-request |",
        "SCRAM-SHA-256-PLUS | p=,, | malformed-request |",
        "SCRAM-SHA-256-PLUS | p,, | malformed-request |"
      })
  void auth_flagThatDoesNotFit_isRefusedAtOnce(
      String mechanism, String header, String condition, String text) throws IOException {
    try (RawClient client = RawClient.secured(server)) {
      client.send(RawClient.auth(mechanism, header + "n=juliet,r=abc"));

      client.expect(
          text == null ? RawClient.failure(condition) : RawClient.failure(condition, text));
    }
  }

  @Test
  void auth_withoutBindingWherePlusIsOffered_succeeds() throws IOException {
    try (RawClient client = RawClient.secured(server)) {
      client.logIn("SCRAM-SHA-512", juliet("SCRAM-SHA-512"));
    }
  }

  @Test
  void auth_bindingThatIsNotTaken_isUnsupported() throws Exception {
    try (LoopbackServer other =
            builder()
                .mechanisms(PLUS)
                .channelBindings(END_POINT)
                .listedChannelBindings(EXPORTER)
                .start();
        RawClient client = RawClient.secured(other)) {
      client.send(RawClient.auth(PLUS, "p=tls-exporter,,n=juliet,r=abc"));
      client.expect(RawClient.failure("not-authorized", "unsupported-channel-binding-type"));
      client.logIn(PLUS, juliet(PLUS).bindingTo(END_POINT, certificateHash()));
    }
  }

  @Test
  void auth_bindingDataLeftOutOfARightProof_isNotAuthorized() throws Exception {
    try (RawClient client = RawClient.secured(server)) {
      ScramClient scram = juliet(PLUS).bindingTo(END_POINT, certificateHash());
      client.send(RawClient.auth(PLUS, scram.first()));
      String challenge = client.challenge();
      String nonce = challenge.substring(0, challenge.indexOf(",s="));
      String header = "p=" + END_POINT + ",,";
      String last =
          "c=" + ScramClient.base64(header.getBytes(StandardCharsets.UTF_8)) + ',' + nonce;
      client.send(RawClient.response(scram.last(challenge, last)));

      client.expect(RawClient.failure("not-authorized", "channel-bindings-dont-match"));
    }
  }
}
