package dev.bobbin.xmpp.core.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of exceptions that somebody else made. */
class LoginFailureTest {
  private static ConnectionException of(Throwable thrown) {
    return LoginFailure.of(thrown, "example.org");
  }

  @Test
  void of_whatNobodyExpected_namesItsClassAlone() {
    Throwable unexpected = new IllegalStateException("it was r0m30");

    ConnectionException failure = of(unexpected);

    assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
    assertThat(failure)
        .hasMessage("Cannot log in: java.lang.IllegalStateException was thrown, which is the cause")
        .hasCause(unexpected);
  }

  @Test
  void of_connectionLost_saysSo() {
    ConnectionException failure = of(new IOException("Connection reset"));

    assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED);
    assertThat(failure).hasMessageEndingWith(": java.io.IOException: Connection reset");
  }

  /** The texts are those of JDK 17 and of later ones. */
  @ParameterizedTest
  @CsvSource({
    "Received fatal alert: bad_certificate, true",
    "Received fatal alert: certificate_required, true",
    "(certificate_unknown) Received fatal alert: certificate_unknown, true",
    "Received fatal alert: unknown_ca, true",
    "Received fatal alert: internal_error, false",
    "Tag mismatch, false"
  })
  void of_alert_isTlsAndHelpsWhereItIsAboutOurCertificate(String said, boolean helped) {
    ConnectionException failure = of(new SSLHandshakeException(said));

    assertThat(failure.reason()).isEqualTo(Reason.TLS);
    assertThat(failure)
        .hasMessage(
            "TLS with the server of 'example.org' failed: "
                + said
                + (helped
                    ? ". The server wants a client certificate that it takes: give it one by"
                        + " clientCertificate(...)"
                    : "")
                + " (docs/errors.md#tls-handshake)");
  }

  /** What TLS 1.2 has for a missing certificate, and for much else. */
  @Test
  void of_handshakeFailure_saysWhatItMayBe() {
    assertThat(of(new SSLHandshakeException("Received fatal alert: handshake_failure")))
        .hasMessage(
            "TLS with the server of 'example.org' failed: Received fatal alert: handshake_failure."
                + " The server may want a client certificate that it takes: see"
                + " clientCertificate(...) (docs/errors.md#tls-handshake)");
  }
}
