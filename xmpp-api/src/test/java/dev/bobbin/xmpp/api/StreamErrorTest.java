package dev.bobbin.xmpp.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.StreamError.Condition;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamErrorTest {
  @Test
  void conditions_all_areThoseOfTheRfc() {
    assertThat(Arrays.stream(Condition.values()).map(Condition::elementName))
        .containsExactly(
            "bad-format",
            "bad-namespace-prefix",
            "conflict",
            "connection-timeout",
            "host-gone",
            "host-unknown",
            "improper-addressing",
            "internal-server-error",
            "invalid-from",
            "invalid-namespace",
            "invalid-xml",
            "not-authorized",
            "not-well-formed",
            "policy-violation",
            "remote-connection-failed",
            "reset",
            "resource-constraint",
            "restricted-xml",
            "see-other-host",
            "system-shutdown",
            "undefined-condition",
            "unsupported-encoding",
            "unsupported-feature",
            "unsupported-stanza-type",
            "unsupported-version");
  }

  @Test
  void exception_ofAnError_carriesIt() {
    StreamError error =
        new StreamError(Condition.CONFLICT, "conflict", Optional.empty(), Optional.empty());

    ConnectionException exception = ConnectionException.of(error);

    assertThat(exception)
        .hasMessage("The server ended the stream: conflict (docs/errors.md#stream-error)");
    assertThat(exception.reason()).isEqualTo(ConnectionException.Reason.STREAM_ERROR);
    assertThat(exception.streamError()).contains(error);
    assertThat(new ConnectionException(ConnectionException.Reason.TLS, "no", null).streamError())
        .isEmpty();
  }

  @Test
  void exception_whoseCauseCarriesAnError_carriesItToo() {
    StreamError error =
        new StreamError(Condition.CONFLICT, "conflict", Optional.empty(), Optional.empty());

    ConnectionException exception =
        new ConnectionException(
            ConnectionException.Reason.DISCONNECTED, "more of it", ConnectionException.of(error));

    assertThat(exception).hasMessage("more of it");
    assertThat(exception.streamError()).contains(error);
  }
}
