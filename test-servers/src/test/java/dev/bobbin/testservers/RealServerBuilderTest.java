package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.MalformedJidException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealServerBuilderTest {
  @ParameterizedTest
  @ValueSource(strings = {"example.org\"\nlog = \"", "-config", "Example.org", "a b", ""})
  void builder_domainThatIsNoHostName_isRefused(String domain) {
    assertThatThrownBy(() -> ProsodyServer.builder(domain))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EjabberdServer.builder(domain))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VirtualHost.of(domain)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(ServerSoftware.class)
  void builder_whatNoServerTakes_isRefused(ServerSoftware software) {
    RealServerBuilder<?> builder = software.builder("example.org").account("juliet", "r0m30");
    assertThatThrownBy(() -> builder.account("a@b", "x")).isInstanceOf(MalformedJidException.class);
    assertThatThrownBy(() -> builder.account("romeo", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'romeo'");
    assertThatThrownBy(() -> builder.accounts(Map.of("juliet", "again")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'juliet'");
    assertThatThrownBy(() -> builder.passwordHash("MD5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'MD5'");
    assertThatThrownBy(() -> builder.host(VirtualHost.of("example.org")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'example.org'");
    assertThatThrownBy(() -> builder.tlsProtocol("TLSv1.1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'TLSv1.1'");
  }
}
