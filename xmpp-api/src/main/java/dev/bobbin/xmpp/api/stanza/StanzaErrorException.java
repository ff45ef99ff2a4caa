package dev.bobbin.xmpp.api.stanza;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stanza error as an exception: what a request of ours completes with when the peer refused it,
 * and what a handler of ours throws to refuse a peer's. The message holds the peer's text cut to
 * 1000 characters, without controls.
 */
public final class StanzaErrorException extends XmppException {
  private static final long serialVersionUID = 1L;
  private static final int TEXT_CHARS = 1000;

  private final transient StanzaError error;
  private final transient @Nullable Jid from;

  /**
   * Refuses a peer's request.
   *
   * @param error what the peer is told
   */
  public StanzaErrorException(StanzaError error) {
    this(error, null);
  }

  /**
   * Reports a peer's refusal.
   *
   * @param error what the peer said
   * @param from the peer, or null when the answer named none
   */
  public StanzaErrorException(StanzaError error, @Nullable Jid from) {
    super(describe(error, from));
    this.error = error;
    this.from = from;
  }

  private static String describe(StanzaError error, @Nullable Jid from) {
    Objects.requireNonNull(error, "error");
    return (from == null ? "" : from + " answered ")
        + error.condition().elementName()
        + " ("
        + error.type().value()
        + ")"
        + error.text().map(text -> ": " + Quoted.cut(text, TEXT_CHARS)).orElse("");
  }

  /**
   * The error itself.
   *
   * @return type, condition and text
   */
  public StanzaError error() {
    return error;
  }

  /**
   * The condition, for the commonest question.
   *
   * @return the condition of {@link #error()}
   */
  public StanzaError.Condition condition() {
    return error.condition();
  }

  /**
   * Who refused.
   *
   * @return the peer; empty for a refusal of ours, or when the answer named nobody
   */
  public Optional<Jid> from() {
    return Optional.ofNullable(from);
  }
}
