package dev.bobbin.xmpp.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What declares itself direct, and the defaults of a plugin. */
class DirectTest {
  @Test
  void requestHandler_direct_isTheSameButForThePromise() throws Exception {
    RequestHandler handler = request -> CompletableFuture.completedFuture(request.result());
    Iq request = Iq.get(null, XmlElement.of("a", "b"));

    assertThat(handler.isDirect()).isFalse();
    assertThat(RequestHandler.direct(handler).isDirect()).isTrue();
    assertThat(RequestHandler.direct(handler).handle(request).toCompletableFuture())
        .isCompletedWithValue(request.result());
  }

  @Test
  void stanzaListener_direct_isTheSameButForThePromise() throws Exception {
    List<Presence> received = new ArrayList<>();
    StanzaListener<Presence> listener = received::add;

    assertThat(listener.isDirect()).isFalse();
    assertThat(StanzaListener.direct(listener).isDirect()).isTrue();
    StanzaListener.direct(listener).receive(Presence.available());
    assertThat(received).containsExactly(Presence.available());
  }

  @Test
  void direct_null_isNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> RequestHandler.direct(null))
        .withMessage("handler");
    assertThatNullPointerException()
        .isThrownBy(() -> StanzaListener.direct(null))
        .withMessage("listener");
  }

  @Test
  void plugin_defaults_dependOnNothingAndFreeNothing() throws Exception {
    XmppPlugin plugin =
        new XmppPlugin() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public void enable(PluginContext context) {}
        };
    plugin.disable();

    assertThat(plugin.dependencies()).isEqualTo(Set.of());
  }
}
