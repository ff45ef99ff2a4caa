package org.example.lastactivity;

import static org.example.lastactivity.LastActivityMethods.GET_LAST_ACTIVITY;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Last Activity (<a href="https://xmpp.org/extensions/xep-0012.html">XEP-0012</a>): tells peers for
 * how long we have been idle, and asks them.
 *
 * <p>What a peer is told is decided by {@link LastActivityMethods#GET_LAST_ACTIVITY}. By default it
 * is the time since the application last sent a stanza, or since the plugin was turned on, and it
 * is told to the other resources of our own account only: XEP-0012 wants it kept from whoever may
 * not see our presence, not every server sees to that, and without a roster we cannot. Whoever is
 * not told gets {@code service-unavailable}, as from a client without the plugin.
 *
 * <p>Setting: {@code answer-to}, {@code own-account} by default, or {@code anyone} where the server
 * keeps strangers from asking.
 *
 * <p>Thread-safe; nothing blocks.
 *
 * <p>What this does not do: put the time into presence; answer for an account that is off line,
 * which is its server's.
 */
public final class LastActivityPlugin implements XmppPlugin {
  /** The plugin's name. */
  public static final String NAME = "xep_0012";

  /** The namespace of questions and answers, and the feature that says that we answer. */
  public static final String NAMESPACE = "jabber:iq:last";

  private static final String ANSWER_TO = "answer-to";

  private volatile @Nullable PluginContext context;
  private volatile Instant lastSent = Instant.EPOCH;

  /** Makes the plugin, off. */
  public LastActivityPlugin() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> dependencies() {
    return Set.of(DiscoPlugin.NAME);
  }

  @Override
  public void enable(PluginContext given) {
    AnswerTo answerTo = answerTo(given.settings());
    lastSent = given.clock().instant();
    given.onSend(stanza -> lastSent = given.clock().instant());
    given
        .api()
        .registerDefault(
            GET_LAST_ACTIVITY,
            ApiHandler.direct(
                call ->
                    answerTo == AnswerTo.ANYONE || isOurs(call.from(), given.account())
                        ? Optional.of(LastActivity.of(call.args()))
                        : Optional.empty()));
    given.onRequest("query", NAMESPACE, RequestHandler.direct(iq -> answer(iq, given)));
    given.keep(given.plugin(DiscoPlugin.class).addFeature(NAMESPACE));
    context = given;
  }

  @Override
  public void disable() {
    context = null;
  }

  /** Without a sender it is our own server that asks, for our account (RFC 6120, 8.1.2.1). */
  private static boolean isOurs(Optional<Jid> peer, Jid account) {
    return peer.map(Jid::bare).orElse(account).equals(account);
  }

  private CompletionStage<Iq> answer(Iq request, PluginContext given) {
    if (request.type() != Iq.Type.GET) {
      throw new StanzaErrorException(StanzaError.of(Condition.FEATURE_NOT_IMPLEMENTED));
    }
    Duration idle = Duration.between(lastSent, given.clock().instant());
    return given
        .api()
        .call(GET_LAST_ACTIVITY, given.target(request), idle.isNegative() ? Duration.ZERO : idle)
        .thenApply(
            told ->
                told.map(activity -> request.result(activity.toElement()))
                    .orElseGet(() -> request.error(StanzaError.of(Condition.SERVICE_UNAVAILABLE))));
  }

  /**
   * Asks how long ago somebody was last active. A full JID is asked for its idle time; for a bare
   * one its server says when it logged out; a domain tells for how long it has been up.
   *
   * @param peer whom to ask
   * @return the answer; completes exceptionally as {@link PluginContext#request} does ({@code
   *     forbidden} or {@code service-unavailable} from whoever does not tell), with {@link
   *     XmppException} when the answer makes no sense, and with {@link IllegalStateException} when
   *     the plugin is off
   */
  public CompletableFuture<LastActivity> query(Jid peer) {
    Objects.requireNonNull(peer, "peer");
    PluginContext present = context;
    if (present == null) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "The plugin '" + NAME + "' is off; turn it on first (docs/errors.md#plugin-off)"));
    }
    return present
        .request(Iq.get(peer, XmlElement.of("query", NAMESPACE)))
        .thenApply(
            answer ->
                answer
                    .payload()
                    .filter(payload -> payload.is("query", NAMESPACE))
                    .map(LastActivity::parse)
                    .orElseThrow(
                        () -> new XmppException("'" + peer + "' answered without last activity")));
  }

  private enum AnswerTo {
    OWN_ACCOUNT,
    ANYONE
  }

  private static AnswerTo answerTo(Settings settings) {
    settings.requireKnown(Set.of(ANSWER_TO));
    return settings.choice(ANSWER_TO, AnswerTo.OWN_ACCOUNT);
  }
}
