package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.MalformedJidException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackServerBuilderTest {
  private final LoopbackServerBuilder builder = LoopbackServer.builder("example.org");

  @ParameterizedTest
  @ValueSource(strings = {"a@example.org", "example.org/r", "[::1]", "127.0.0.1"})
  void builder_noHostName_isRefused(String domain) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoopbackServer.builder(domain))
        .withMessage("'" + domain + "' is no host name");
  }

  @Test
  void builder_noDomain_isRefused() {
    assertThatThrownBy(() -> LoopbackServer.builder("a b"))
        .isInstanceOf(MalformedJidException.class);
  }

  @Test
  void builder_upperCaseDomain_isPrepared() {
    try (LoopbackServer server = LoopbackServer.builder("Example.ORG").withoutStartTls().start()) {
      assertThat(server.domain()).isEqualTo("example.org");
    }
  }

  @Test
  void account_noLocalPart_isRefused() {
    assertThatThrownBy(() -> builder.account("a b", "secret"))
        .isInstanceOf(MalformedJidException.class);
    assertThatThrownBy(() -> builder.account("", "secret"))
        .isInstanceOf(MalformedJidException.class);
  }

  @Test
  void account_emptyPassword_isRefusedWithoutQuotingMore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.account("juliet", ""))
        .withMessage("The password of juliet@example.org is empty");
  }

  @Test
  void account_twice_isRefused() {
    builder.account("juliet", "secret1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.account("JULIET", "secret2"))
        .withMessage("There is an account juliet@example.org already");
  }

  @Test
  void mechanisms_unknown_areRefusedWithThoseThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.mechanisms("CRAM-MD5"))
        .withMessage(
            "No mechanism 'CRAM-MD5'; there are: [SCRAM-SHA-512-PLUS, SCRAM-SHA-256-PLUS,"
                + " SCRAM-SHA-1-PLUS, SCRAM-SHA-512, SCRAM-SHA-256, SCRAM-SHA-1, PLAIN, ANONYMOUS,"
                + " EXTERNAL]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.mechanisms("SCRAM-SHA-1", "SCRAM-SHA-1"))
        .withMessage("The mechanism 'SCRAM-SHA-1' comes twice");
  }

  @Test
  void bounds_outOfRange_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxStanzaBytes(9_999));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxQueuedBytes(9_999));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxConnections(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.port(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.port(65_536));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.authenticationTimeout(Duration.ZERO));
  }

  @Test
  void certificateOf_otherDomain_isRefused() {
    try (LoopbackServer other = LoopbackServer.builder("example.net").withoutStartTls().start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.certificateOf(other))
          .withMessage("The certificate is for 'example.net', not for 'example.org'");
    }
  }

  @Test
  void certificateOf_serverWithoutOne_isRefused() {
    try (LoopbackServer other = LoopbackServer.builder("example.org").withoutStartTls().start()) {
      assertThatThrownBy(() -> builder.certificateOf(other))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
