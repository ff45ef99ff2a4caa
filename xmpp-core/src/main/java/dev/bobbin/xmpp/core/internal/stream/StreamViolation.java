package dev.bobbin.xmpp.core.internal.stream;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The peer broke the rules of the stream; it is told the condition, and the stream ends. */
public final class StreamViolation extends Exception {
  private static final long serialVersionUID = 1L;

  private final Condition condition;

  /** The conditions of RFC 6120 section 4.9.3 that we answer with. */
  public enum Condition {
    /** Well-formed XML that cannot be processed. */
    BAD_FORMAT,
    /** The stream or its content is in an unexpected namespace. */
    INVALID_NAMESPACE,
    /** Not well-formed XML. */
    NOT_WELL_FORMED,
    /** Larger, deeper or faster than we allow. */
    POLICY_VIOLATION,
    /** A comment, processing instruction, DTD or entity reference. */
    RESTRICTED_XML,
    /** Another encoding than UTF-8. */
    UNSUPPORTED_ENCODING,
    /** A first-level element that is no stanza. */
    UNSUPPORTED_STANZA_TYPE,
    /** Another version of XMPP than 1.0. */
    UNSUPPORTED_VERSION
  }

  /**
   * Makes the violation.
   *
   * @param condition what the peer is told
   * @param message what we log; of the stream at most the name of an element, cut
   */
  public StreamViolation(Condition condition, String message) {
    this(condition, message, null);
  }

  /**
   * Makes the violation with its cause.
   *
   * @param condition what the peer is told
   * @param message what we log; of the stream at most the name of an element, cut
   * @param cause what the parser said
   */
  public StreamViolation(Condition condition, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.condition = condition;
  }

  /**
   * What the peer is told.
   *
   * @return the condition
   */
  public Condition condition() {
    return condition;
  }

  /**
   * The element name of the condition.
   *
   * @return such as {@code restricted-xml}
   */
  public String conditionName() {
    return condition.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
