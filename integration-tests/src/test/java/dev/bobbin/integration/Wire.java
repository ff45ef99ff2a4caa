package dev.bobbin.integration;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.testkit.Interceptor;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** What clients sent, as the server read it, and what a test makes of it. */
final class Wire implements Interceptor {
  private static final String BOB = "urn:xmpp:bob";

  private final Queue<XmlElement> sent = new ConcurrentLinkedQueue<>();
  private volatile Function<XmlElement, List<XmlElement>> rule = List::of;
  private volatile Runnable onAnswer = () -> {};

  @Override
  public List<XmlElement> route(Jid from, XmlElement stanza) {
    sent.add(stanza);
    if (isAnswer(stanza)) {
      onAnswer.run();
    }
    return rule.apply(stanza);
  }

  /** Forgets what was sent, and lets everything pass. */
  void reset() {
    sent.clear();
    rule = List::of;
    onAnswer = () -> {};
  }

  /** What is done when an answer has come, and is among {@link #answers}. */
  void onAnswer(Runnable task) {
    onAnswer = task;
  }

  private static boolean isAnswer(XmlElement stanza) {
    return stanza.name().equals("iq")
        && List.of("result", "error").contains(stanza.attribute("type").orElse(""));
  }

  /** What the server gets instead of a stanza. */
  void rule(Function<XmlElement, List<XmlElement>> newRule) {
    rule = newRule;
  }

  /** Answers requests for data in the peer's place. */
  void answerData(String payload) {
    rule(stanza -> List.of(isRequest(stanza) ? resultTo(stanza, "", payload) : stanza));
  }

  /**
   * A literal result with the right addresses.
   *
   * @param attributes more of them, each after a space
   */
  static XmlElement resultTo(XmlElement request, String attributes, String payload) {
    return LiteralXml.element(
        "<iq xmlns='jabber:client' type='result' id='%s' from='%s' to='%s'%s>%s</iq>"
            .formatted(
                request.attribute("id").orElseThrow(),
                request.attribute("to").orElseThrow(),
                request.attribute("from").orElseThrow(),
                attributes,
                payload));
  }

  static boolean isRequest(XmlElement stanza) {
    return stanza.name().equals("iq")
        && stanza.attribute("type").orElse("").equals("get")
        && stanza.child("data", BOB).isPresent();
  }

  /** How many requests for data were sent. */
  int requests() {
    return (int) sent.stream().filter(Wire::isRequest).count();
  }

  /** All IQs of one type, in their order, as text in which {@code id} is the word ID. */
  List<String> iqs(String type) {
    return sent.stream()
        .filter(stanza -> stanza.name().equals("iq"))
        .filter(stanza -> stanza.attribute("type").orElse("").equals(type))
        .map(stanza -> stanza.toBuilder().attribute("id", "ID").build().toXml())
        .toList();
  }

  /** All answers, in their order, as they stand on the wire. */
  List<String> answers() {
    return sent.stream().filter(Wire::isAnswer).map(XmlElement::toXml).toList();
  }
}
