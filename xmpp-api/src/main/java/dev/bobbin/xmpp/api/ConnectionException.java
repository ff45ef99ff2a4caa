package dev.bobbin.xmpp.api;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * There is no connection, or no longer; {@link #reason()} says why in one word, and {@link
 * #streamError()} what the server said of it.
 */
public final class ConnectionException extends XmppException {
  private static final long serialVersionUID = 1L;

  /** Why, in one word. */
  private final Reason reason;

  private final transient @Nullable StreamError streamError;

  /** Why there is no connection. */
  public enum Reason {
    /** The host's name, or its SRV records, lead nowhere. */
    NAME_NOT_FOUND,
    /** The host was reached, and nobody listens at the port, on every address of it. */
    REFUSED,
    /**
     * No address of the host accepts a connection, for want of a way there or for several reasons.
     */
    UNREACHABLE,
    /** A step of connecting took too long. */
    TIMED_OUT,
    /** The server offers no STARTTLS; nothing was sent in the clear. */
    NO_STARTTLS,
    /** The server's certificate is not trusted, has expired, or is not for the JID's domain. */
    CERTIFICATE,
    /** The TLS handshake failed for another reason. */
    TLS,
    /** The server offers no SASL mechanism that we speak. */
    NO_COMMON_MECHANISM,
    /** User name or password is wrong. */
    WRONG_CREDENTIALS,
    /** The account exists but may not log in. */
    ACCOUNT_DISABLED,
    /** The password was right once, and has expired. */
    CREDENTIALS_EXPIRED,
    /** The server cannot authenticate anybody just now; the same may succeed later. */
    TEMPORARY_AUTH_FAILURE,
    /** Authentication failed otherwise, the server's own proof included. */
    AUTHENTICATION,
    /** The server ended the stream with an error. */
    STREAM_ERROR,
    /** The server broke the rules of the protocol. */
    PROTOCOL,
    /** The connection was lost. */
    DISCONNECTED,
    /** More was waiting to be sent, or to be taken by our listeners, than is allowed. */
    OVERLOADED,
    /** The client was closed, or was never connected. */
    NOT_CONNECTED
  }

  /**
   * Makes the exception.
   *
   * @param reason why, in one word
   * @param message what happened and what to do
   * @param cause what led to it, or null; the stream error of another such exception is this one's
   *     as well
   */
  public ConnectionException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.streamError = cause instanceof ConnectionException other ? other.streamError : null;
  }

  private ConnectionException(String message, StreamError streamError) {
    super(message);
    this.reason = Reason.STREAM_ERROR;
    this.streamError = streamError;
  }

  /**
   * Reports that the server ended the stream.
   *
   * @param error what the server said
   * @return an exception of {@link Reason#STREAM_ERROR}
   */
  public static ConnectionException of(StreamError error) {
    return new ConnectionException(
        "The server ended the stream: " + error + " (docs/errors.md#stream-error)", error);
  }

  /**
   * Why there is no connection.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * The stream error that the server sent.
   *
   * @return the error; empty when the connection ended for another reason, and on an exception that
   *     was serialized
   */
  public Optional<StreamError> streamError() {
    return Optional.ofNullable(streamError);
  }
}
