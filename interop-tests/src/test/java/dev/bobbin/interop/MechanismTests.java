package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.testservers.StreamProbe;
import dev.bobbin.testservers.StreamProbeBuilder;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which SASL mechanism a password is used by, as the server's log has it. */
abstract class MechanismTests extends OnARealServer {
  private static final Jid PARIS = Jid.of("paris@example.org/street");

  /** With PLAIN, all that we and some server speak; -PLUS wants a binding that the JDK lacks. */
  private static final Set<String> OURS =
      Set.of("PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512");

  MechanismTests(ServerSoftware software) {
    super(software);
  }

  private XmppClient client(boolean directTls, Jid jid, String password, String... mechanisms) {
    XmppClientBuilder builder = here(XmppClient.builder(jid, password), directTls);
    return track((mechanisms.length > 0 ? builder.mechanisms(mechanisms) : builder).build());
  }

  private XmppClient paris(boolean directTls, String... mechanisms) {
    return client(directTls, PARIS, SharedServers.ACCOUNTS.get("paris"), mechanisms);
  }

  /** Logs in, and gives the mechanism in the server's log. */
  private String loggedIn(boolean directTls, String... mechanisms) {
    int before = server().loginsOf(PARIS.bare(), 0).size();
    XmppClient paris = paris(directTls, mechanisms);
    assertThat(await(paris.connect())).isEqualTo(PARIS);
    paris.close();
    return server().loginsOf(PARIS.bare(), before + 1).get(before);
  }

  private StreamProbe probe(boolean directTls) throws Exception {
    StreamProbeBuilder builder = StreamProbe.to(server());
    return (directTls ? builder.directTls() : builder).open();
  }

  private String strongest() {
    return software == ServerSoftware.EJABBERD ? "SCRAM-SHA-512" : "SCRAM-SHA-256";
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connect_eachMechanismByItsName_isUsed(boolean directTls) throws Exception {
    Set<String> both = new TreeSet<>(OURS);
    try (StreamProbe probe = probe(directTls)) {
      both.retainAll(probe.mechanisms());
    }
    assertThat(both).contains("PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", strongest());

    List<String> used = new ArrayList<>();
    for (String mechanism : both) {
      used.add(loggedIn(directTls, mechanism));
    }

    assertThat(used).containsExactlyElementsOf(both);
  }

  /** The servers list them in another order each time, and with PLAIN among them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connect_noneNamed_usesTheStrongest(boolean directTls) {
    assertThat(List.of(loggedIn(directTls), loggedIn(directTls))).containsOnly(strongest());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connect_severalNamed_usesTheStrongestOfThem(boolean directTls) {
    assertThat(loggedIn(directTls, "PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"))
        .isEqualTo("SCRAM-SHA-256");
    assertThat(loggedIn(directTls, "PLAIN", "SCRAM-SHA-1")).isEqualTo("SCRAM-SHA-1");
  }

  /** The -PLUS that both servers offer takes {@code tls-unique} only. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connect_onlyChannelBinding_isRefusedByUs(boolean directTls) {
    assertFails(paris(directTls, "SCRAM-SHA-256-PLUS"), Reason.NO_COMMON_MECHANISM)
        .hasMessageContaining("SCRAM-SHA-256-PLUS");
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, false", "PLAIN, true",
    "SCRAM-SHA-1, false", "SCRAM-SHA-1, true",
    "SCRAM-SHA-256, false", "SCRAM-SHA-256, true"
  })
  void connect_wrongPassword_isRefusedByEach(String mechanism, boolean directTls) {
    assertFails(client(directTls, PARIS, "wrong", mechanism), Reason.WRONG_CREDENTIALS)
        .hasMessageContaining("not-authorized");
  }

  /** ejabberd's domain for anonymous users offers PLAIN too. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connect_nothingButPlain_isNotUsedUnlessNamed(boolean directTls) {
    assertFails(
            client(directTls, Jid.of("paris@anon.example.org"), "secret"),
            Reason.NO_COMMON_MECHANISM)
        .hasMessageContaining("ANONYMOUS")
        .hasMessageNotContaining("secret");
  }
}
