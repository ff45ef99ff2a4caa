package dev.bobbin.xmpp.testkit;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DomainServiceTest {
  private static final String FEATURES =
      "<feature var='http://jabber.org/protocol/disco#info'/>"
          + "<feature var='http://jabber.org/protocol/disco#items'/>"
          + "<feature var='urn:xmpp:ping'/><feature var='jabber:iq:roster'/>";
  private static final String JULIET = "juliet@example.org/balcony";

  private static LoopbackServer server;
  private static RawClient client;

  @BeforeAll
  static void logIn() throws IOException {
    server = Servers.builder().account("juliet", "secret1").start();
    client = RawClient.bound(server, "juliet", "secret1", "balcony");
  }

  @AfterAll
  static void logOut() throws IOException {
    client.close();
    server.close();
  }

  private static void exchange(String request, String answer) throws IOException {
    client.send(request);
    client.expect(answer);
  }

  @Test
  void ping_toDomainAccountOrNobody_isAnsweredFromThere() throws IOException {
    exchange(
        "<iq type='get' id='1' to='example.org'><ping xmlns='urn:xmpp:ping'/></iq>",
        "<iq type='result' id='1' from='example.org' to='" + JULIET + "'/>");
    exchange(
        "<iq type='get' id='2' to='juliet@example.org'><ping xmlns='urn:xmpp:ping'/></iq>",
        "<iq type='result' id='2' from='juliet@example.org' to='" + JULIET + "'/>");
    exchange(
        "<iq type='get' id='3'><ping xmlns='urn:xmpp:ping'/></iq>",
        "<iq type='result' id='3' to='" + JULIET + "'/>");
  }

  @Test
  void discoInfo_ofTheDomain_isThatOfAServer() throws IOException {
    exchange(
        "<iq type='get' id='1' to='example.org'>"
            + "<query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
        "<iq type='result' id='1' from='example.org' to='"
            + JULIET
            + "'><query xmlns='http://jabber.org/protocol/disco#info'>"
            + "<identity category='server' type='im' name='Loopback server for tests'/>"
            + FEATURES
            + "</query></iq>");
  }

  @Test
  void discoInfo_ofOnesOwnAccount_isThatOfAnAccount() throws IOException {
    exchange(
        "<iq type='get' id='1' to='juliet@example.org'>"
            + "<query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
        "<iq type='result' id='1' from='juliet@example.org' to='"
            + JULIET
            + "'><query xmlns='http://jabber.org/protocol/disco#info'>"
            + "<identity category='account' type='registered'/>"
            + FEATURES
            + "</query></iq>");
  }

  @Test
  void discoInfo_ofANode_isItemNotFound() throws IOException {
    exchange(
        "<iq type='get' id='1' to='example.org'>"
            + "<query xmlns='http://jabber.org/protocol/disco#info' node='x'/></iq>",
        "<iq type='error' id='1' from='example.org' to='"
            + JULIET
            + "'><error type='cancel'>"
            + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
  }

  @Test
  void discoItems_ofTheDomain_areNone() throws IOException {
    exchange(
        "<iq type='get' id='1' to='example.org'>"
            + "<query xmlns='http://jabber.org/protocol/disco#items'/></iq>",
        "<iq type='result' id='1' from='example.org' to='"
            + JULIET
            + "'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>");
  }

  @Test
  void roster_get_isEmpty() throws IOException {
    exchange(
        "<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>",
        "<iq type='result' id='1' to='" + JULIET + "'><query xmlns='jabber:iq:roster'/></iq>");
  }

  @Test
  void session_set_isAnswered() throws IOException {
    exchange(
        "<iq type='set' id='1'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>",
        "<iq type='result' id='1' to='" + JULIET + "'/>");
  }

  @Test
  void otherRequest_isServiceUnavailable() throws IOException {
    String error =
        "<error type='cancel'>"
            + "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    exchange(
        "<iq type='get' id='1' to='example.org'><vCard xmlns='vcard-temp'/></iq>",
        "<iq type='error' id='1' from='example.org' to='" + JULIET + "'>" + error + "</iq>");
    exchange(
        "<iq type='set' id='2'><query xmlns='jabber:iq:roster'/></iq>",
        "<iq type='error' id='2' to='" + JULIET + "'>" + error + "</iq>");
    exchange(
        "<iq type='set' id='3'><ping xmlns='urn:xmpp:ping'/></iq>",
        "<iq type='error' id='3' to='" + JULIET + "'>" + error + "</iq>");
  }

  @Test
  void stanza_toTheDomainThatIsNoRequest_getsNoResult() throws IOException {
    client.send("<presence to='example.org'/><iq type='result' id='1' to='example.org'/>");
    client.send("<iq type='get' id='2'><ping xmlns='urn:xmpp:ping'/></iq>");
    client.expect("<iq type='result' id='2' to='" + JULIET + "'/>");
  }
}
