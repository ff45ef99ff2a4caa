package dev.bobbin.xmpp.api.stanza;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request or its reply (<a href="https://www.rfc-editor.org/rfc/rfc6120#section-8.2.3">RFC 6120
 * section 8.2.3</a>).
 *
 * <p>A request made by {@link #get} or {@link #set} has no {@code id} yet: the connection gives it
 * one that cannot be guessed when it is sent.
 */
public final class Iq extends ParsedStanza {
  /** What an IQ asks or answers. */
  public enum Type {
    /** Asks for information. */
    GET,
    /** Asks for a change. */
    SET,
    /** Answers a request that was carried out. */
    RESULT,
    /** Answers a request that was not carried out. */
    ERROR;

    /**
     * The value of the attribute {@code type}.
     *
     * @return the name in lower case
     */
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether an IQ of this type must be answered.
     *
     * @return true for {@link #GET} and {@link #SET}
     */
    public boolean isRequest() {
      return this == GET || this == SET;
    }
  }

  private final Type type;

  private Iq(XmlElement element, Type type) {
    super(element, "iq");
    this.type = type;
  }

  /**
   * Asks for information.
   *
   * @param to whom to ask, or null for one's own server on behalf of one's own account
   * @param payload the question
   * @return a request without an {@code id}
   */
  public static Iq get(@Nullable Jid to, XmlElement payload) {
    return request(Type.GET, to, payload);
  }

  /**
   * Asks for a change.
   *
   * @param to whom to ask, or null for one's own server on behalf of one's own account
   * @param payload the change
   * @return a request without an {@code id}
   */
  public static Iq set(@Nullable Jid to, XmlElement payload) {
    return request(Type.SET, to, payload);
  }

  private static Iq request(Type type, @Nullable Jid to, XmlElement payload) {
    return parse(
        XmlElement.builder("iq", NAMESPACE)
            .attribute("type", type.value())
            .attribute("to", to == null ? null : to.toString())
            .add(payload)
            .build());
  }

  /**
   * Reads an IQ.
   *
   * @param element an {@code iq} element in {@link Stanza#NAMESPACE}
   * @return the IQ
   * @throws IllegalArgumentException when it is no {@code iq}, its type is absent or unknown, or an
   *     address is no JID
   */
  public static Iq parse(XmlElement element) {
    String text = element.attribute("type").orElse("");
    for (Type type : Type.values()) {
      if (type.value().equals(text)) {
        return new Iq(element, type);
      }
    }
    throw unknownType("iq", text);
  }

  /**
   * What it asks or answers.
   *
   * @return the type
   */
  @Override
  public Type type() {
    return type;
  }

  /**
   * The child element that says what is asked or answered.
   *
   * @return the first child that is not the {@code error}; empty when there is none. In an error it
   *     is an echo of the request, which some servers send: never data
   */
  public Optional<XmlElement> payload() {
    List<XmlElement> payloads = payloads();
    return payloads.isEmpty() ? Optional.empty() : Optional.of(payloads.get(0));
  }

  /**
   * All child elements but the {@code error}. RFC 6120 wants exactly one in a request and at most
   * one in a result; what was received may differ.
   *
   * @return the child elements in their order
   */
  public List<XmlElement> payloads() {
    return children().stream().filter(child -> !child.is("error", NAMESPACE)).toList();
  }

  /**
   * Whether this is a request for one payload.
   *
   * @param name the payload's local name
   * @param namespace the payload's namespace
   * @return true if the first payload has that name in that namespace
   */
  public boolean asks(String name, String namespace) {
    return type.isRequest() && payload().filter(p -> p.is(name, namespace)).isPresent();
  }

  /**
   * The same IQ with another identifier.
   *
   * @param id the identifier
   * @return a copy
   */
  public Iq withId(String id) {
    Objects.requireNonNull(id, "id");
    return parse(with("id", id));
  }

  /**
   * Answers this request, without a payload.
   *
   * @return a result to the sender, with this request's {@code id}
   * @throws IllegalStateException when this is no request
   */
  public Iq result() {
    return parse(reply(Type.RESULT).build());
  }

  /**
   * Answers this request.
   *
   * @param payload the answer
   * @return a result to the sender, with this request's {@code id}
   * @throws IllegalStateException when this is no request
   */
  public Iq result(XmlElement payload) {
    return parse(reply(Type.RESULT).add(payload).build());
  }

  /**
   * Refuses this request.
   *
   * @param error why
   * @return an error to the sender, with this request's {@code id} and without its payload
   * @throws IllegalStateException when this is no request
   */
  public Iq error(StanzaError error) {
    return parse(reply(Type.ERROR).add(error.toElement()).build());
  }

  private XmlElement.Builder reply(Type replyType) {
    if (!type.isRequest()) {
      throw new IllegalStateException("An iq of type " + type.value() + " is not answered");
    }
    return XmlElement.builder("iq", NAMESPACE)
        .attribute("type", replyType.value())
        .attribute("id", id().orElse(null))
        .attribute("to", element().attribute("from").orElse(null))
        .attribute("from", element().attribute("to").orElse(null));
  }
}
