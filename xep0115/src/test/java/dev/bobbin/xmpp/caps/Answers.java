package dev.bobbin.xmpp.caps;

import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.testkit.LiteralXml;

/** Answers to {@code disco#info} that several tests need. */
final class Answers {
  /** The XEP's simple example (section 5.2). */
  static final String EXODUS =
      """
      <identity category='client' type='pc' name='Exodus 0.9.1'/>
      <feature var='http://jabber.org/protocol/disco#info'/>
      <feature var='http://jabber.org/protocol/disco#items'/>
      <feature var='http://jabber.org/protocol/muc'/>
      <feature var='http://jabber.org/protocol/caps'/>
      """;

  static final String EXODUS_VER = "QgayPKawpkPSDYmwT/WM94uAlu0=";

  /** The XEP's complex example (section 5.3). */
  static final String PSI =
      """
      <identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>
      <identity xml:lang='el' category='client' name='\u03a8 0.11' type='pc'/>
      <feature var='http://jabber.org/protocol/caps'/>
      <feature var='http://jabber.org/protocol/disco#info'/>
      <feature var='http://jabber.org/protocol/disco#items'/>
      <feature var='http://jabber.org/protocol/muc'/>
      <x xmlns='jabber:x:data' type='result'>
        <field var='FORM_TYPE' type='hidden'>
          <value>urn:xmpp:dataforms:softwareinfo</value>
        </field>
        <field var='ip_version'><value>ipv4</value><value>ipv6</value></field>
        <field var='os'><value>Mac</value></field>
        <field var='os_version'><value>10.5.1</value></field>
        <field var='software'><value>Psi</value></field>
        <field var='software_version'><value>0.11</value></field>
      </x>
      """;

  static final String PSI_VER = "q07IKJEyjvHSyhy//CH0CxmKi8w=";

  private Answers() {}

  static XmlElement query(String content) {
    return LiteralXml.element(
        "<query xmlns='http://jabber.org/protocol/disco#info'>" + content + "</query>");
  }

  /** A hidden field {@code FORM_TYPE}. */
  static String type(String value) {
    return "<field var='FORM_TYPE' type='hidden'><value>" + value + "</value></field>";
  }

  static String form(String fields) {
    return "<x xmlns='jabber:x:data' type='result'>" + fields + "</x>";
  }
}
