package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Objects;

/**
 * XML as it stands in a test: what a plugin is given is read from it, and what a plugin sent is
 * compared with it.
 *
 * <p>Reading is done by the JDK's parser and {@link #text} by code of its own, so that a mistake in
 * the code under test cannot hide by being made on both sides:
 *
 * <pre>{@code
 * MyAnswer answer = MyAnswer.parse(LiteralXml.element("<query xmlns='urn:my' seconds='903'/>"));
 *
 * assertThat(LiteralXml.text(sent))
 *     .isEqualTo(LiteralXml.text("<iq xmlns='jabber:client' type='get' id='1'>...</iq>"));
 * }</pre>
 *
 * <p>A literal is taken at its word. White space between elements is text, and a stanza is one only
 * with {@code xmlns='jabber:client'}.
 *
 * <p>Stateless, and so safe for use by several threads.
 *
 * <p>What this does not do: DTDs, comments and processing instructions, which no XMPP stream may
 * hold; input that is not trusted.
 */
public final class LiteralXml {
  private LiteralXml() {}

  /**
   * Reads an element.
   *
   * @param xml one element, with nothing before or behind it
   * @return the element
   * @throws IllegalArgumentException when it is not well-formed, or holds what this class does not
   *     read; the message repeats the literal
   */
  public static XmlElement element(String xml) {
    return LiteralReader.read(Objects.requireNonNull(xml, "xml"));
  }

  /**
   * Reads an IQ.
   *
   * @param xml an {@code iq} in {@code jabber:client}
   * @return the IQ
   * @throws IllegalArgumentException as {@link #element} and {@link Iq#parse} do
   */
  public static Iq iq(String xml) {
    return Iq.parse(element(xml));
  }

  /**
   * Reads a message.
   *
   * @param xml a {@code message} in {@code jabber:client}
   * @return the message
   * @throws IllegalArgumentException as {@link #element} and {@link Message#parse} do
   */
  public static Message message(String xml) {
    return Message.parse(element(xml));
  }

  /**
   * Reads a presence.
   *
   * @param xml a {@code presence} in {@code jabber:client}
   * @return the presence
   * @throws IllegalArgumentException as {@link #element} and {@link Presence#parse} do
   */
  public static Presence presence(String xml) {
    return Presence.parse(element(xml));
  }

  /**
   * Shows an element in a form for comparing: two elements have the same text if and only if they
   * say the same. The order of attributes and the choice of prefixes, which mean nothing in XML,
   * make no difference; everything else does.
   *
   * @param element what a plugin sent or made
   * @return a text that differs where the elements do, for assertions to show; not for the wire
   */
  public static String text(XmlElement element) {
    return ComparableText.of(Objects.requireNonNull(element, "element"));
  }

  /**
   * Shows a literal in the form for comparing.
   *
   * @param xml one element
   * @return what {@link #text(XmlElement)} shows of it
   * @throws IllegalArgumentException as {@link #element} does
   */
  public static String text(String xml) {
    return text(element(xml));
  }
}
