package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Passwords of other letters than ASCII has. We prepare them (SASLprep, RFC 4013), and so do both
 * servers, but for PLAIN on ejabberd: it compares what came with what the account was made with.
 */
abstract class PasswordTests extends OnARealServer {
  /** Accounts that other tests have no use for. */
  static final Map<String, String> ACCOUNTS =
      Map.of(
          "friar", "sch\u00F6n \u6C34 \uD834\uDD1E", // changed by nothing
          "rosaline", "paass", // what SASLprep makes of the next one
          "tybalt", "pa\u00AAss");

  PasswordTests(ServerSoftware software) {
    super(software);
  }

  private XmppClient client(String local, String password, String mechanism) {
    return track(
        here(XmppClient.builder(Jid.of(local + "@example.org"), password))
            .mechanisms(mechanism)
            .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"})
  void connect_passwordOfManyAlphabets_logsIn(String mechanism) {
    XmppClient friar = client("friar", ACCOUNTS.get("friar"), mechanism);

    assertThat(await(friar.connect()).bare()).isEqualTo(friar.account());
  }

  /** Ordinal indicator, soft hyphen, full-width letter: all are 'paass' once prepared. */
  @ParameterizedTest
  @CsvSource({
    "PLAIN, pa\u00AAss", "PLAIN, paa\u00ADss", "PLAIN, p\uFF41ass",
    "SCRAM-SHA-256, pa\u00AAss", "SCRAM-SHA-256, paa\u00ADss", "SCRAM-SHA-256, p\uFF41ass"
  })
  void connect_passwordThatIsTheSamePrepared_logsIn(String mechanism, String password) {
    XmppClient rosaline = client("rosaline", password, mechanism);

    assertThat(await(rosaline.connect()).bare()).isEqualTo(rosaline.account());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"})
  void connect_accountWhosePasswordIsNotPrepared_isMissedByPlainOnEjabberd(String mechanism) {
    XmppClient tybalt = client("tybalt", ACCOUNTS.get("tybalt"), mechanism);

    if (software == ServerSoftware.EJABBERD && mechanism.equals("PLAIN")) {
      assertFails(tybalt, Reason.WRONG_CREDENTIALS);
    } else {
      assertThat(await(tybalt.connect()).bare()).isEqualTo(tybalt.account());
    }
  }
}
