package dev.bobbin.xmpp.api;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a server ended the stream (<a href="https://www.rfc-editor.org/rfc/rfc6120#section-4.9">RFC
 * 6120 section 4.9</a>).
 *
 * <p>All texts are the server's own: a client cuts them, and does not clean them; {@link Quoted}
 * makes them fit for a log.
 *
 * @param condition the defined condition; {@link Condition#UNDEFINED_CONDITION} also for one that
 *     the RFC does not define, and for none
 * @param name the name of the condition's element as the server sent it, at most 100 characters
 * @param text a text for people, at most 1000 characters; empty when there is none
 * @param host for {@link Condition#SEE_OTHER_HOST} what the server sent as the host, at most 1100
 *     characters, not checked in any way; empty when there is none
 */
public record StreamError(
    Condition condition, String name, Optional<String> text, Optional<String> host) {
  /** The namespace of conditions and of {@code text}. */
  public static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-streams";

  /**
   * The defined conditions (<a href="https://www.rfc-editor.org/rfc/rfc6120#section-4.9.3">RFC 6120
   * section 4.9.3</a>).
   */
  public enum Condition {
    /** What we sent cannot be processed. */
    BAD_FORMAT,
    /** A namespace prefix is missing or not supported. */
    BAD_NAMESPACE_PREFIX,
    /** A newer stream took the place of this one, such as a login with the same resource. */
    CONFLICT,
    /** The server believes that we are no longer there. */
    CONNECTION_TIMEOUT,
    /** The server no longer serves this domain. */
    HOST_GONE,
    /** The server does not serve this domain. */
    HOST_UNKNOWN,
    /** A stanza has no address, or one that is none. */
    IMPROPER_ADDRESSING,
    /** The server went wrong. */
    INTERNAL_SERVER_ERROR,
    /** A stanza's sender is not who logged in. */
    INVALID_FROM,
    /** The stream or its content is in an unexpected namespace. */
    INVALID_NAMESPACE,
    /** What we sent is not valid. */
    INVALID_XML,
    /** We sent what only who is logged in may send. */
    NOT_AUTHORIZED,
    /** What we sent is not well-formed. */
    NOT_WELL_FORMED,
    /** It breaks a rule of this server. */
    POLICY_VIOLATION,
    /** The server cannot reach another one that it needs. */
    REMOTE_CONNECTION_FAILED,
    /** The stream has to be made anew, such as with other features. */
    RESET,
    /** The server has too much to do. */
    RESOURCE_CONSTRAINT,
    /** What we sent holds XML that is not allowed in a stream. */
    RESTRICTED_XML,
    /** Another host is to be used. */
    SEE_OTHER_HOST,
    /** The server stops. */
    SYSTEM_SHUTDOWN,
    /** Any other condition. */
    UNDEFINED_CONDITION,
    /** Another encoding than UTF-8. */
    UNSUPPORTED_ENCODING,
    /** The server demands a feature that we do not support. */
    UNSUPPORTED_FEATURE,
    /** We sent a first-level element that is no stanza. */
    UNSUPPORTED_STANZA_TYPE,
    /** Another version of XMPP than the server's. */
    UNSUPPORTED_VERSION;

    /**
     * The name of the condition's element.
     *
     * @return such as {@code see-other-host}
     */
    public String elementName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Checks that nothing is null.
   *
   * @param condition the defined condition
   * @param name the name of the condition's element
   * @param text a text for people
   * @param host what the server sent as the host
   */
  public StreamError {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(host, "host");
  }

  /**
   * Condition, host and text on one line.
   *
   * @return such as {@code conflict: Replaced by a new connection}, quoted and cut
   */
  @Override
  public String toString() {
    return Quoted.of(name)
        + host.map(other -> " '" + Quoted.of(other) + "'").orElse("")
        + text.map(said -> ": " + Quoted.cut(said, 200)).orElse("");
  }
}
