package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.core.XmppClient;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long what was received is kept (XEP-0231 section 2.4), by a clock of the test's. */
class MaxAgeTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");
  private static final ContentId UNVERIFIABLE = ContentId.of("x");

  private Clock clock = new Clock();
  private XmppClient juliet;

  @BeforeEach
  void connect() {
    clock = new Clock();
    juliet = connected(JULIET, builder -> builder.clock(clock));
  }

  private void fetch(ContentId cid, int requestsSoFar) {
    assertThat(bob(juliet).fetch(ROMEO, cid).join().cid()).isEqualTo(cid);
    assertThat(wire.requests()).isEqualTo(requestsSoFar);
  }

  @Test
  @DisplayName("11: max-age bounds the cached copy's life, counted from receipt")
  void fetch_maxAge_isCachedUntilItIsOver() {
    wire.answerData(withMaxAge(COUCOU.cid(), "10"));
    fetch(COUCOU.cid(), 1);
    clock.advance(Duration.ofSeconds(10).minusNanos(1));
    fetch(COUCOU.cid(), 1);
    assertThat(bob(juliet).get(COUCOU.cid()).join()).isPresent();
    clock.advance(Duration.ofNanos(1));
    assertThat(bob(juliet).get(COUCOU.cid()).join()).isEmpty();
    fetch(COUCOU.cid(), 2);
    clock.advance(Duration.ofSeconds(9));
    fetch(COUCOU.cid(), 2);
  }

  @Test
  @DisplayName("11: and that of a copy that cannot be verified")
  void fetch_maxAgeOfUnverifiable_isCachedUntilItIsOver() {
    wire.answerData(withMaxAge(UNVERIFIABLE, "10"));
    fetch(UNVERIFIABLE, 1);
    clock.advance(Duration.ofSeconds(10).minusNanos(1));
    fetch(UNVERIFIABLE, 1);
    clock.advance(Duration.ofNanos(1));
    fetch(UNVERIFIABLE, 2);
  }

  @Test
  @DisplayName("12: with max-age 0 it is handed to the application and never cached")
  void fetch_maxAgeOfZero_isHandedOverAndNotCached() {
    wire.answerData(withMaxAge(COUCOU.cid(), "0"));

    assertThat(bob(juliet).fetch(ROMEO, COUCOU.cid()).join())
        .isEqualTo(COUCOU.withMaxAge(Duration.ZERO));
    assertThat(bob(juliet).get(COUCOU.cid()).join()).isEmpty();
    fetch(COUCOU.cid(), 2);
  }

  @Test
  @DisplayName("10: without max-age it is kept for the session")
  void fetch_noMaxAge_isCachedForTheSession() {
    wire.answerData(data(COUCOU.cid().value(), "Y291Y291"));
    fetch(COUCOU.cid(), 1);
    clock.advance(Duration.ofDays(100_000));
    fetch(COUCOU.cid(), 1);
    juliet.disablePlugin("xep_0231");
    juliet.enablePlugin("xep_0231");
    fetch(COUCOU.cid(), 2);
  }

  @Test
  @DisplayName("19: a max-age that is no number is ignored, a huge one is cut")
  void fetch_oddMaxAge_isIgnoredOrCut() {
    wire.answerData(withMaxAge(COUCOU.cid(), "-1"));
    fetch(COUCOU.cid(), 1);
    clock.advance(Duration.ofDays(100_000));
    fetch(COUCOU.cid(), 1);

    wire.answerData(withMaxAge(UNVERIFIABLE, "99999999999999999999"));
    fetch(UNVERIFIABLE, 2);
    clock.advance(Duration.ofSeconds(Integer.MAX_VALUE - 1));
    fetch(UNVERIFIABLE, 2);
    clock.advance(Duration.ofSeconds(1));
    fetch(UNVERIFIABLE, 3);
  }

  private static String withMaxAge(ContentId cid, String maxAge) {
    return "<data xmlns='urn:xmpp:bob' cid='"
        + cid
        + "' max-age='"
        + maxAge
        + "' type='text/plain'>Y291Y291</data>";
  }
}
