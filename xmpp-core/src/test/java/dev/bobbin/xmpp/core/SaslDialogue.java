package dev.bobbin.xmpp.core;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The server's end of one authentication, for scripts. Keeps what the client says. */
final class SaslDialogue {
  private final Peer peer;
  private final StringBuilder said = new StringBuilder();

  SaslDialogue(Peer peer) {
    this.peer = peer;
  }

  static String mechanisms(String... names) {
    return Arrays.stream(names)
        .map(name -> "<mechanism>" + name + "</mechanism>")
        .collect(Collectors.joining("", "<mechanisms xmlns='" + Peer.SASL + "'>", "</mechanisms>"));
  }

  static String bindings(String... types) {
    return Arrays.stream(types)
        .map(type -> "<channel-binding type='" + type + "'/>")
        .collect(
            Collectors.joining(
                "",
                "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>",
                "</sasl-channel-binding>"));
  }

  /** Does TLS and sends features; gives the client's header, which it sent over TLS. */
  String offer(String features) throws IOException {
    peer.startTls();
    String header = peer.readUntil("xml:lang='en'>");
    peer.send(Peer.HEADER + "<stream:features>" + features + "</stream:features>");
    return header;
  }

  /** The element with which the client begins. */
  String auth() throws IOException {
    return heard(peer.readUntil("</auth>"));
  }

  String response() throws IOException {
    return heard(peer.readUntil("</response>"));
  }

  static String content(String xml) {
    return xml.substring(xml.indexOf('>') + 1, xml.lastIndexOf('<'));
  }

  void send(String xml) throws IOException {
    peer.send(xml);
  }

  /** Sends an element of SASL with this text. */
  void say(String name, String text) throws IOException {
    peer.send("<" + name + " xmlns='" + Peer.SASL + "'>" + text + "</" + name + ">");
  }

  /** Reads until the client is gone. */
  void finish() throws IOException {
    heard(peer.readToEnd());
  }

  /** All that the client said from where it began to authenticate. */
  String said() {
    return said.toString();
  }

  private String heard(String xml) {
    said.append(xml);
    return xml;
  }
}
