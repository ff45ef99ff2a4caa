package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.StreamError;
import dev.bobbin.xmpp.api.StreamError.Condition;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every stream error of RFC 6120 section 4.9.3, whenever a server may send it. */
@Timeout(60)
class StreamErrorsTest {
  /** How far a server lets a client come before it ends the stream. */
  enum When {
    BEFORE_TLS,
    AFTER_TLS,
    DURING_SASL,
    AFTER_SASL,
    WHILE_BINDING,
    CONNECTED;

    void reach(Peer peer, String error) throws Exception {
      if (this == BEFORE_TLS) {
        peer.open(error);
        return;
      }
      peer.startTls();
      if (this == AFTER_TLS) {
        peer.open(error);
        return;
      }
      if (this == DURING_SASL) {
        peer.open(Peer.MECHANISMS);
        peer.readUntil("</auth>");
        peer.send(error);
        return;
      }
      peer.authenticate();
      if (this == AFTER_SASL) {
        peer.open(error);
        return;
      }
      peer.open(Peer.BINDING);
      String id = peer.bindRequest();
      if (this == CONNECTED) {
        peer.bound(id, Peer.ME);
      }
      peer.send(error);
    }
  }

  private static String xml(Condition condition) {
    return "<stream:error><%s xmlns='%s'/><text xmlns='%s'>Why</text></stream:error></stream:stream>"
        .formatted(condition.elementName(), StreamError.NAMESPACE, StreamError.NAMESPACE);
  }

  @ParameterizedTest
  @EnumSource(When.class)
  void streamError_ofEachCondition_isCarriedByTheFailure(When when) throws Exception {
    Condition[] conditions = Condition.values();
    ScriptedServer.Script[] scripts =
        Arrays.stream(conditions)
            .map(
                condition ->
                    (ScriptedServer.Script)
                        peer -> {
                          when.reach(peer, xml(condition));
                          peer.readToEnd();
                        })
            .toArray(ScriptedServer.Script[]::new);
    try (ScriptedServer server = new ScriptedServer(scripts);
        XmppClient client = server.client().build()) {
      for (Condition condition : conditions) {
        ConnectionException failure = failure(client, when);

        assertThat(failure.reason()).isEqualTo(Reason.STREAM_ERROR);
        StreamError error = failure.streamError().orElseThrow();
        assertThat(error.condition()).isEqualTo(condition);
        assertThat(error.text()).contains("Why");
        assertThat(failure)
            .hasMessage(
                "The server ended the stream: "
                    + condition.elementName()
                    + ": Why"
                    + remark(condition, when)
                    + " (docs/errors.md#stream-error)");
      }
      server.finish();
    }
  }

  private static String remark(Condition condition, When when) {
    if (condition != Condition.SEE_OTHER_HOST || when == When.CONNECTED) {
      return "";
    }
    return when == When.BEFORE_TLS
        ? "; it was not followed, since it came before TLS"
        : "; it was not followed, since it names no host";
  }

  private static ConnectionException failure(XmppClient client, When when) throws Exception {
    CompletableFuture<?> ends;
    if (when == When.CONNECTED) {
      client.connect().get(20, TimeUnit.SECONDS);
      ends = client.disconnected();
    } else {
      ends = client.connect();
    }
    ExecutionException failure =
        catchThrowableOfType(ExecutionException.class, () -> ends.get(20, TimeUnit.SECONDS));
    return (ConnectionException) failure.getCause();
  }
}
