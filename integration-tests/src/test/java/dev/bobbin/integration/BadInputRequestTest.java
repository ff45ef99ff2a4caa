package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad requests to us: what the peer gets, literally. The application hears nothing of any of them,
 * and nothing that is stored changes.
 */
@Tag("one-path")
class BadInputRequestTest extends BadInputStage {
  private static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
  private static final String NOTHING = "";
  private static final String NO_CONTENT_ID =
      "<error type='modify'><bad-request xmlns='"
          + STANZAS
          + "'/><text xmlns='"
          + STANZAS
          + "'>no content-id</text></error>";
  private static final String BAD_REQUEST = error("modify", "bad-request");
  private static final String NOT_FOUND = error("cancel", "item-not-found");
  private static final String NOT_IMPLEMENTED = error("cancel", "feature-not-implemented");
  private static final String UNAVAILABLE = error("cancel", "service-unavailable");
  private static final String OURS =
      "<data xmlns='urn:xmpp:bob' cid='hosted' type='text/plain'>aG9zdGVk</data>";

  /** In sha1+...@bob.xmpp.org, what FilledShelves hosts as "by hash". */
  private static final String HASH = FilledShelves.HOSTED_BY_HASH.cid().value();

  private static String error(String type, String condition) {
    return "<error type='%s'><%s xmlns='%s'/></error>".formatted(type, condition, STANZAS);
  }

  private static Arguments asked(String attributes, String answer) {
    return request("type='get' id='1'", "<data xmlns='urn:xmpp:bob' " + attributes + "/>", answer);
  }

  private static Arguments request(String attributes, String payload, String answer) {
    return Arguments.of(attributes, payload, answer);
  }

  static Stream<Arguments> contentIds() {
    return Stream.of(
        asked("", NO_CONTENT_ID),
        asked("cid=''", NO_CONTENT_ID),
        asked("xmlns:o='urn:o' o:cid='hosted'", NO_CONTENT_ID),
        asked("cid='" + "x".repeat(1023) + "'", NOT_FOUND),
        asked("cid='" + "x".repeat(1024) + "'", NO_CONTENT_ID),
        asked("cid='" + "\u20ac".repeat(341) + "'", NOT_FOUND),
        asked("cid='" + "\u20ac".repeat(341) + "x'", NO_CONTENT_ID),
        asked("cid='hosted&#9;'", NO_CONTENT_ID),
        asked("cid='hosted&#10;'", NO_CONTENT_ID),
        asked("cid='hosted&#127;'", NO_CONTENT_ID),
        asked("cid='hosted&#x85;'", NO_CONTENT_ID),
        asked("cid='hosted&#x1FFFE;'", NO_CONTENT_ID),
        asked("cid='\ud83d\ude00'", NOT_FOUND),
        asked("cid=' hosted'", NOT_FOUND),
        asked("cid='Hosted'", NOT_FOUND),
        asked("cid='cid:hosted'", NOT_FOUND),
        asked("cid='%68osted'", NOT_FOUND),
        asked("cid='./hosted'", NOT_FOUND),
        asked("cid='../../../../etc/passwd'", NOT_FOUND),
        asked("cid='C:\\CON'", NOT_FOUND),
        asked("cid='.'", NOT_FOUND),
        asked("cid='*'", NOT_FOUND),
        asked("cid='" + HASH.toUpperCase() + "'", NOT_FOUND),
        asked("cid='" + HASH.replace("sha1", "sha-256") + "'", NOT_FOUND),
        asked("cid='" + HASH.replace("sha1", "sha-1") + "'", NOT_FOUND),
        asked("cid='" + FilledShelves.VERIFIED.cid() + "'", NOT_FOUND),
        asked("cid='from'", NOT_FOUND));
  }

  static Stream<Arguments> requests() {
    String get = "type='get' id='1'";
    String set = "type='set' id='1'";
    String asking = "<data xmlns='urn:xmpp:bob' cid='hosted'/>";
    String other = "<query xmlns='urn:other'/>";
    return Stream.of(
        // 8: nothing can be set, whatever it is.
        request(set, asking, NOT_IMPLEMENTED),
        request(set, data("hosted", "dGhlaXJz"), NOT_IMPLEMENTED),
        request(set, data("new", "***"), NOT_IMPLEMENTED),
        request(set, "<data xmlns='urn:xmpp:bob'/>", NOT_IMPLEMENTED),
        // Data in a request is no data.
        request(get, data("new", "dGhlaXJz"), NOT_FOUND),
        request(get, data("hosted", "dGhlaXJz"), OURS),
        request(get, data("hosted", "***"), OURS),
        request(
            get, "<data xmlns='urn:xmpp:bob' cid='hosted' max-age='-1' type='?'><x/></data>", OURS),
        // RFC 6120 section 8.2.3: exactly one payload.
        request(get, "", BAD_REQUEST),
        request(get, asking + asking, BAD_REQUEST),
        request(get, asking + other, BAD_REQUEST),
        request(get, other + asking, BAD_REQUEST),
        request(set, data("a", "YQ==") + data("b", "YQ=="), BAD_REQUEST),
        request("type='ask' id='1'", asking, BAD_REQUEST),
        request("id='1'", asking, BAD_REQUEST),
        request("type='get'", asking, NOTHING),
        // What is not ours to answer.
        request(get, "<data xmlns='urn:other' cid='hosted'/>", UNAVAILABLE),
        request(get, "<Data xmlns='urn:xmpp:bob' cid='hosted'/>", UNAVAILABLE),
        request(get, "<x xmlns='urn:xmpp:bob'>" + asking + "</x>", UNAVAILABLE),
        // Answers that nobody waits for.
        request("type='result' id='1'", data("new", "dGhlaXJz"), NOTHING),
        request("type='result' id='1'", data("hosted", "dGhlaXJz"), NOTHING),
        request("type='result'", data("from", "dGhlaXJz"), NOTHING),
        request("type='result' id='1'", data("a", "YQ==") + data("b", "YQ=="), NOTHING),
        request("type='error' id='1'", data("new", "dGhlaXJz") + NOT_FOUND, NOTHING));
  }

  @ParameterizedTest
  @MethodSource("contentIds")
  @DisplayName("7, 16: a content-id that is none, or is hostile, finds nothing")
  void request_badContentId_isAnsweredAndChangesNothing(
      String attributes, String payload, String answer) throws Exception {
    isAnswered(attributes, payload, answer);
  }

  @ParameterizedTest
  @MethodSource("requests")
  @DisplayName("3, 8: a request that is none, or brings data, is answered and stores nothing")
  void request_bad_isAnsweredAndChangesNothing(String attributes, String payload, String answer)
      throws Exception {
    isAnswered(attributes, payload, answer);
  }

  private void isAnswered(String attributes, String payload, String answer) throws Exception {
    deliver(
        juliet,
        "<iq xmlns='jabber:client' %s from='%s' to='%s'>%s</iq>"
            .formatted(attributes, ROMEO, JULIET, payload));
    settle(juliet);

    String whole =
        "<iq xmlns='jabber:client' type='%s' id='1' to='romeo@example.org/orchard'"
            + " from='juliet@example.org/balcony'>%s</iq>";
    assertThat(wire.answers())
        .isEqualTo(
            answer.isEmpty()
                ? List.of()
                : List.of(
                    whole.formatted(answer.startsWith("<error") ? "error" : "result", answer)));
    assertThat(events.all()).isEmpty();
    shelves.assertUnchanged(wire);
  }
}
