package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.testkit.ClientIdentity;
import dev.bobbin.xmpp.testkit.Login;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import dev.bobbin.xmpp.testkit.LoopbackServerBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to log in, at a server that was written apart from the client. */
@Timeout(30)
class MechanismsTest {
  private static final Jid JULIET = Stage.JULIET;
  private static final String[] ALL = {
    "PLAIN", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "SCRAM-SHA-512", "SCRAM-SHA-512-PLUS", "ANONYMOUS"
  };

  private static LoopbackServerBuilder server(String... mechanisms) {
    return LoopbackServer.builder("example.org")
        .certificateOf(Stage.IDENTITY)
        .account("juliet", "r0m30")
        .mechanisms(mechanisms);
  }

  private static XmppClientBuilder at(LoopbackServer server, XmppClientBuilder client) {
    return near(server, client).trust(server.certificate());
  }

  private static XmppClientBuilder near(LoopbackServer server, XmppClientBuilder client) {
    return client.host("127.0.0.1", server.address().getPort()).discoverPlugins(false);
  }

  private static Login login(LoopbackServerBuilder settings, XmppClientBuilder builder) {
    try (LoopbackServer server = settings.start();
        XmppClient client = at(server, builder).build()) {
      Jid bound = client.connect().join();
      Login login = server.logins().get(0);
      assertThat(login.jid()).isEqualTo(bound);
      assertThat(client.account()).isEqualTo(bound.bare());
      return login;
    }
  }

  private static XmppClientBuilder juliet() {
    return XmppClient.builder(JULIET, "r0m30".toCharArray());
  }

  @Test
  void connect_everythingOffered_takesTheStrongestAndTheClosestBinding() {
    Login login = login(server(ALL), juliet());

    assertThat(login.mechanism()).isEqualTo("SCRAM-SHA-512-PLUS");
    // Before Java 25 no JDK gives out what the other one is made of.
    assertThat(login.channelBinding())
        .contains(Runtime.version().feature() >= 25 ? "tls-exporter" : "tls-server-end-point");
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, tls-server-end-point tls-exporter",
    "TLSv1.3, tls-server-end-point",
  })
  void connect_onlyTheCertificateToBindTo_bindsToIt(String tls, String types) {
    Login login = login(server(ALL).tlsProtocols(tls).channelBindings(types.split(" ")), juliet());

    assertThat(login.mechanism()).isEqualTo("SCRAM-SHA-512-PLUS");
    assertThat(login.channelBinding()).contains("tls-server-end-point");
  }

  @ParameterizedTest
  @CsvSource({"''", "tls-unique", "tls-unique x"})
  void connect_boundOfferedWithNoTypeOfOurs_isNotTakenForAFraud(String listed) {
    LoopbackServerBuilder settings = server(ALL);
    settings.listedChannelBindings(listed.isEmpty() ? new String[0] : listed.split(" "));

    Login login = login(settings, juliet());

    assertThat(login.mechanism()).isEqualTo("SCRAM-SHA-512");
    assertThat(login.channelBinding()).isEmpty();
  }

  @Test
  void connect_nothingBoundOffered_isUnbound() {
    Login login = login(server("SCRAM-SHA-1", "SCRAM-SHA-256"), juliet());

    assertThat(login.mechanism()).isEqualTo("SCRAM-SHA-256");
    assertThat(login.channelBinding()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, PLAIN",
    "PLAIN SCRAM-SHA-1, SCRAM-SHA-1",
    "SCRAM-SHA-1-PLUS, SCRAM-SHA-1-PLUS"
  })
  void connect_named_isOneOfThose(String names, String expected) {
    assertThat(login(server(ALL), juliet().mechanisms(names.split(" "))).mechanism())
        .isEqualTo(expected);
  }

  @Test
  void connect_anonymous_getsAnAddress() {
    Login login = login(server(ALL), XmppClient.anonymous(Jid.of("example.org")));

    assertThat(login.mechanism()).isEqualTo("ANONYMOUS");
    assertThat(login.jid().domain()).isEqualTo("example.org");
    assertThat(login.jid().local()).isPresent();
  }

  @Test
  void connect_external_isWhomTheCertificateNames() {
    ClientIdentity identity = ClientIdentity.create("juliet@example.org", "romeo@example.org");
    try (LoopbackServer server =
            server("SCRAM-SHA-1", "EXTERNAL")
                .account("romeo", "jul13t")
                .clientAuthority(identity.certificate())
                .start();
        XmppClient client =
            near(server, XmppClient.external(JULIET)).tls(identity.contextFor(server)).build();
        XmppClient without =
            near(server, XmppClient.external(JULIET)).tls(server.clientContext()).build()) {
      assertThat(client.connect().join()).isEqualTo(JULIET);
      assertThat(server.logins().get(0).mechanism()).isEqualTo("EXTERNAL");

      assertThatThrownBy(() -> without.connect().join())
          .hasRootCauseMessage(
              "The server offers the SASL mechanisms [SCRAM-SHA-1]; this client uses [EXTERNAL]."
                  + " SCRAM-SHA-1 is for XmppClient.builder(account, password)"
                  + " (docs/errors.md#no-common-mechanism)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "account-disabled, ACCOUNT_DISABLED",
    "credentials-expired, CREDENTIALS_EXPIRED",
    "temporary-auth-failure, TEMPORARY_AUTH_FAILURE",
  })
  void connect_accountRefused_saysWhy(String condition, Reason reason) {
    try (LoopbackServer server = server(ALL).refusedAccount("romeo", "jul13t", condition).start();
        XmppClient client = at(server, XmppClient.builder(Stage.ROMEO, "jul13t")).build()) {
      Optional<Reason> told =
          client
              .connect()
              .handle((jid, failure) -> Optional.ofNullable(failure))
              .join()
              .map(ConnectionException.class::cast)
              .map(ConnectionException::reason);

      assertThat(told).contains(reason);
    }
  }
}
