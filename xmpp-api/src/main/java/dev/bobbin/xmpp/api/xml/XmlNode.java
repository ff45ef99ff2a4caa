package dev.bobbin.xmpp.api.xml;

/** What an element may contain: another {@link XmlElement}, or {@link XmlText}. */
public sealed interface XmlNode permits XmlElement, XmlText {}
