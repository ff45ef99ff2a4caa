package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers as peers send them, well or badly made, and what becomes of the request. */
@Timeout(60)
class IqAnswerTest {
  private static final Jid ROMEO = Jid.of("romeo@example.net/orchard");
  private static final String FROM = " from='romeo@example.net/orchard'";
  private static final String CONDITION = " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>";
  private static final String RULES =
      "malformed: The answer from romeo@example.net/orchard breaks the rules of RFC 6120: ";
  private static final String ANCHOR = " (docs/errors.md#malformed-answer)";

  /** What comes, with ID for the request's, and what the request becomes; "waits" for nothing. */
  private record Row(String answer, String becomes) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("<iq type='result' id='ID'" + FROM + "/>", "nothing"),
          new Row("<iq type='result' id='ID'" + FROM + "><a xmlns='urn:a'/></iq>", "a"),
          new Row("<iq type='result' id='ID'" + FROM + "> \n<a xmlns='urn:a'/>\n</iq>", "a"),
          // Whose answer it is: sections 8.1.2.1, 8.1.3 and 10.3.
          new Row("<iq type='result' id='ID'><a xmlns='urn:a'/></iq>", "waits"),
          new Row("<iq type='result' id='ID' from=''><a xmlns='urn:a'/></iq>", "waits"),
          new Row("<iq type='result' id='ID' from='a@@b'><a xmlns='urn:a'/></iq>", "waits"),
          new Row("<iq type='result' id='ID' from='mallory@example.net'/>", "waits"),
          new Row("<iq type='error' id='ID' from='mallory@example.net'/>", "waits"),
          new Row("<iq type='result' id='ID' from='example.net'/>", "waits"),
          new Row("<iq type='result'" + FROM + "/>", "waits"),
          new Row("<iq type='result' id=''" + FROM + "/>", "waits"),
          new Row("<iq type='result' id='other'" + FROM + "/>", "waits"),
          new Row("<iq type='result' id='ID '" + FROM + "/>", "waits"),
          // What is malformed in whom it comes from fails the request: section 8.2.3.
          new Row(
              "<iq type='result' id='ID'" + FROM + "><a xmlns='urn:a'/><b xmlns='urn:b'/></iq>",
              RULES + "it has 2 payloads, one is allowed" + ANCHOR),
          new Row(
              "<iq type='result' id='ID'" + FROM + "><a xmlns='urn:a'/><error/></iq>",
              RULES + "it has 2 payloads, one is allowed" + ANCHOR),
          new Row(
              "<iq type='result' id='ID' to='a@@b'" + FROM + "/>",
              RULES
                  + "'to' of iq: 'a@@b' is no JID: U+0040 is not allowed in the domain part"
                  + " (docs/errors.md#malformed-jid)"
                  + ANCHOR),
          // An error is one, however little it says: section 8.3.
          new Row("<iq type='error' id='ID'" + FROM + "/>", "undefined-condition (cancel)"),
          new Row(
              "<iq type='error' id='ID'" + FROM + "><error/></iq>", "undefined-condition (cancel)"),
          new Row(
              "<iq type='error' id='ID'" + FROM + "><error type='wait'/></iq>",
              "undefined-condition (wait)"),
          new Row(
              "<iq type='error' id='ID'" + FROM + "><error><gone" + CONDITION + "</error></iq>",
              "gone (cancel)"),
          new Row(
              "<iq type='error' id='ID'"
                  + FROM
                  + "><error type='nonsense'><forbidden"
                  + CONDITION
                  + "</error></iq>",
              "forbidden (auth)"),
          new Row(
              "<iq type='error' id='ID'"
                  + FROM
                  + "><error type='auth'><x xmlns='urn:x'/><novel"
                  + CONDITION
                  + "</error></iq>",
              "undefined-condition (auth)"),
          new Row(
              "<iq type='error' id='ID'"
                  + FROM
                  + "><error type='cancel'><item-not-found"
                  + CONDITION
                  + "<conflict"
                  + CONDITION
                  + "</error></iq>",
              "conflict (cancel)"),
          new Row(
              "<iq type='error' id='ID'"
                  + FROM
                  + "><a xmlns='urn:a'/><b xmlns='urn:b'/><error><gone"
                  + CONDITION
                  + "</error><error><forbidden"
                  + CONDITION
                  + "</error></iq>",
              "gone (cancel)"));

  private static String becomes(XmppClient client) throws Exception {
    return client
        .request(Iq.get(ROMEO, Conversation.PING))
        .handle(
            (result, failure) -> {
              if (failure instanceof StanzaErrorException error) {
                assertThat(error.from()).contains(ROMEO);
                return error.getMessage().substring((ROMEO + " answered ").length());
              }
              if (failure != null) {
                assertThat(failure).isExactlyInstanceOf(XmppException.class);
                return "malformed: " + failure.getMessage();
              }
              return result.payload().map(payload -> payload.name()).orElse("nothing");
            })
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void answer_ofEachShape_completesItsRequestOrIsPassedOver() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  for (Row row : ROWS) {
                    String id = Peer.id(peer.readUntil("</iq>"));
                    String second = "<iq type='result' id='ID'" + FROM + "><waits xmlns='urn:w'/>";
                    // Of two answers the first counts; what is passed over is none.
                    peer.send((row.answer() + second + "</iq>").replace("ID", id));
                  }
                  peer.closeInOrder();
                })
            .connect()) {
      for (Row row : ROWS) {
        assertThat(becomes(talk.client())).as(row.answer()).isEqualTo(row.becomes());
      }
      talk.client().close();
      talk.finish();
    }
  }

  @Test
  void answer_withoutAProperType_isARequestThatIsRefusedAndOursWaits() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  for (String type : new String[] {"", " type=''", " type='Result'"}) {
                    String id = Peer.id(peer.readUntil("</iq>"));
                    peer.send("<iq id='" + id + "'" + type + FROM + "><a xmlns='urn:a'/></iq>");
                    peer.expect(
                        "<iq type='error' id='"
                            + id
                            + "' to='romeo@example.net/orchard'><error type='modify'><bad-request"
                            + CONDITION
                            + "</error></iq>");
                    peer.send("<iq type='result' id='" + id + "'" + FROM + "/>");
                  }
                })
            .connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(becomes(talk.client())).isEqualTo("nothing");
      }
      talk.finish();
    }
  }

  @Test
  void answer_withoutId_isNotThatToAnEmptyOne() throws Exception {
    try (Conversation talk =
        Conversation.with(
                peer -> {
                  peer.readUntil("</iq>");
                  peer.send("<iq type='result'><a xmlns='urn:a'/></iq>");
                  peer.send("<iq type='result' id=''><b xmlns='urn:b'/></iq>");
                })
            .connect()) {
      Iq result =
          talk.client()
              .request(Iq.get(null, Conversation.PING).withId(""))
              .get(20, TimeUnit.SECONDS);

      assertThat(result.payload().orElseThrow().name()).isEqualTo("b");
      talk.finish();
    }
  }
}
