package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.XmppException;
import java.util.Objects;

/** Received data that is not taken; {@link #reason()} says why in one word. */
public final class BobException extends XmppException {
  private static final long serialVersionUID = 1L;

  /** Why, in one word. */
  private final Reason reason;

  /** Why data is not taken. */
  public enum Reason {
    /** The hash in its content-id is not that of its bytes. */
    HASH_MISMATCH,
    /** It has another content-id than the one that was asked for. */
    OTHER_CONTENT_ID,
    /** Its content-id is absent, too long, or holds control characters. */
    MALFORMED_CONTENT_ID,
    /** Its text is not Base64. */
    NOT_BASE64,
    /** Its media type is absent or malformed. */
    NO_MEDIA_TYPE,
    /** It has more bytes than are allowed. */
    TOO_LARGE,
    /** It has no bytes, or the answer holds no data element at all. */
    NO_DATA,
    /** The application did not want it, by {@link BobMethods#MAY_TAKE}. */
    REFUSED,
    /** So much waits to be decided on by {@link BobMethods#MAY_TAKE} that it was dropped. */
    TOO_MANY
  }

  /**
   * Makes the exception.
   *
   * @param reason why, in one word
   * @param message what happened; never holds the data. Where to read more is added to it
   */
  public BobException(Reason reason, String message) {
    super(message + " (docs/errors.md#rejected-data)");
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the data is not taken.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
