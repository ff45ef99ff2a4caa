package dev.bobbin.xmpp.api.stanza;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a stanza was refused (<a href="https://www.rfc-editor.org/rfc/rfc6120#section-8.3">RFC 6120
 * section 8.3</a>).
 *
 * @param type what the sender can do about it
 * @param condition the defined condition
 * @param text a text for people; empty when there is none
 */
public record StanzaError(Type type, Condition condition, Optional<String> text) {
  /** The namespace of conditions and of {@code text}. */
  public static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-stanzas";

  private static final int TEXT_CHARS = 1000;

  /** What the sender can do (RFC 6120 section 8.3.2). */
  public enum Type {
    /** Retry after providing credentials. */
    AUTH,
    /** Do not retry. */
    CANCEL,
    /** Proceed; it was a warning. */
    CONTINUE,
    /** Retry after changing what was sent. */
    MODIFY,
    /** Retry later. */
    WAIT;

    /**
     * The value of the attribute {@code type}.
     *
     * @return the name in lower case
     */
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The defined conditions (RFC 6120 section 8.3.3), each with its usual type. */
  public enum Condition {
    /** The sender sent what cannot be processed. */
    BAD_REQUEST(Type.MODIFY),
    /** Something of that name exists already. */
    CONFLICT(Type.CANCEL),
    /** It is not supported, though the namespace is known. */
    FEATURE_NOT_IMPLEMENTED(Type.CANCEL),
    /** The sender may not. */
    FORBIDDEN(Type.AUTH),
    /** The addressee is no longer there. */
    GONE(Type.CANCEL),
    /** The answering side went wrong. */
    INTERNAL_SERVER_ERROR(Type.CANCEL),
    /** The addressed JID or the item does not exist. */
    ITEM_NOT_FOUND(Type.CANCEL),
    /** An address is no JID. */
    JID_MALFORMED(Type.MODIFY),
    /** It breaks rules of the addressee. */
    NOT_ACCEPTABLE(Type.MODIFY),
    /** It is allowed to nobody. */
    NOT_ALLOWED(Type.CANCEL),
    /** The sender must authenticate first. */
    NOT_AUTHORIZED(Type.AUTH),
    /** It breaks a local policy. */
    POLICY_VIOLATION(Type.MODIFY),
    /** The addressee is not there now. */
    RECIPIENT_UNAVAILABLE(Type.WAIT),
    /** Ask somebody else. */
    REDIRECT(Type.MODIFY),
    /** The sender must register first. */
    REGISTRATION_REQUIRED(Type.AUTH),
    /** The addressee's server does not exist. */
    REMOTE_SERVER_NOT_FOUND(Type.CANCEL),
    /** The addressee's server did not answer in time. */
    REMOTE_SERVER_TIMEOUT(Type.WAIT),
    /** The answering side is too busy, or has no room. */
    RESOURCE_CONSTRAINT(Type.WAIT),
    /** Nobody serves this request. */
    SERVICE_UNAVAILABLE(Type.CANCEL),
    /** The sender must subscribe first. */
    SUBSCRIPTION_REQUIRED(Type.AUTH),
    /** Any other condition. */
    UNDEFINED_CONDITION(Type.CANCEL),
    /** It was not expected now. */
    UNEXPECTED_REQUEST(Type.WAIT);

    private final Type usualType;

    Condition(Type usualType) {
      this.usualType = usualType;
    }

    /**
     * The name of the condition's element.
     *
     * @return such as {@code item-not-found}
     */
    public String elementName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Checks that nothing is null.
   *
   * @param type what the sender can do about it
   * @param condition the defined condition
   * @param text a text for people; empty when there is none. What XML cannot hold is replaced by
   *     U+FFFD
   */
  public StanzaError {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(condition, "condition");
    text = Objects.requireNonNull(text, "text").map(StanzaError::fitForXml);
  }

  /** A text is often an exception's message, and must not keep the error from being sent. */
  private static String fitForXml(String text) {
    StringBuilder fit = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || c >= ' ' && c < 0xD800
                        || c > 0xDFFF && (c & 0xFFFE) != 0xFFFE
                    ? c
                    : 0xFFFD)
        .forEach(fit::appendCodePoint);
    return fit.toString();
  }

  /**
   * An error with the type that RFC 6120 pairs with its condition, without text.
   *
   * @param condition the condition
   * @return the error
   */
  public static StanzaError of(Condition condition) {
    return new StanzaError(condition.usualType, condition, Optional.empty());
  }

  /**
   * An error with the type that RFC 6120 pairs with its condition.
   *
   * @param condition the condition
   * @param text a text for people
   * @return the error
   */
  public static StanzaError of(Condition condition, String text) {
    return new StanzaError(condition.usualType, condition, Optional.of(text));
  }

  /**
   * Reads the error of a stanza of type {@code error}, forgiving what others leave out: without an
   * error element or a condition that we know it is {@link Condition#UNDEFINED_CONDITION}, without
   * a type the condition's usual one. The text is cut to 1000 characters.
   *
   * @param stanza the stanza
   * @return the error
   */
  public static StanzaError in(XmlElement stanza) {
    Optional<XmlElement> error = stanza.child("error", stanza.namespace());
    if (error.isEmpty()) {
      return of(Condition.UNDEFINED_CONDITION);
    }
    Condition condition = Condition.UNDEFINED_CONDITION;
    for (Condition candidate : Condition.values()) {
      if (error.get().child(candidate.elementName(), NAMESPACE).isPresent()) {
        condition = candidate;
        break;
      }
    }
    Type type = condition.usualType;
    String given = error.get().attribute("type").orElse("");
    for (Type candidate : Type.values()) {
      if (candidate.value().equals(given)) {
        type = candidate;
      }
    }
    Optional<String> text =
        error.get().child("text", NAMESPACE).map(XmlElement::text).map(StanzaError::cut);
    return new StanzaError(type, condition, text);
  }

  /** Never between the two halves of a code point: the rest could not be written again. */
  private static String cut(String text) {
    if (text.length() <= TEXT_CHARS) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(TEXT_CHARS - 1));
    return text.substring(0, pair ? TEXT_CHARS - 1 : TEXT_CHARS);
  }

  /**
   * The error as XML.
   *
   * @return an {@code error} element in {@link Stanza#NAMESPACE}
   */
  public XmlElement toElement() {
    XmlElement.Builder error =
        XmlElement.builder("error", Stanza.NAMESPACE)
            .attribute("type", type.value())
            .add(XmlElement.of(condition.elementName(), NAMESPACE));
    text.ifPresent(t -> error.add(XmlElement.builder("text", NAMESPACE).text(t).build()));
    return error.build();
  }
}
