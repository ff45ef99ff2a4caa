package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.api.xml.XmlElement;

/** What comes out of a stream. */
public sealed interface StreamEvent {
  /**
   * The peer opened the stream.
   *
   * @param header the stream element with its attributes, without content
   */
  record Opened(XmlElement header) implements StreamEvent {}

  /**
   * The peer sent a first-level element.
   *
   * @param element the whole element
   */
  record Received(XmlElement element) implements StreamEvent {}

  /** The peer closed the stream. */
  record Closed() implements StreamEvent {}
}
