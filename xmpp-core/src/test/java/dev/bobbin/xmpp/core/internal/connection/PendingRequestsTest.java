package dev.bobbin.xmpp.core.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many requests may wait for their answers; what answers them is RequestTest's. */
@Timeout(30)
class PendingRequestsTest {
  private static final int MOST = 3;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final PendingRequests pending =
      new PendingRequests(Jid.of("juliet@example.org/balcony"), timer, Runnable::run, MOST);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private CompletableFuture<Iq> ask(int id) {
    Iq request = Iq.get(null, XmlElement.of("a", "urn:a")).withId("r" + id);
    return pending.add(request, Duration.ofHours(1));
  }

  @Test
  void add_oneTooMany_isRefusedUntilOneIsAnswered() {
    for (int i = 0; i < MOST; i++) {
      assertThat(ask(i)).isNotDone();
    }
    assertThat(ask(MOST))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(IllegalStateException.class)
        .withMessage("3 requests already wait for an answer");

    XmlElement answer =
        XmlElement.builder("iq", Stanza.NAMESPACE)
            .attribute("type", "result")
            .attribute("id", "r0")
            .build();
    assertThat(pending.complete(answer)).isTrue();
    assertThat(ask(MOST)).isNotDone();
    assertThat(ask(MOST + 1)).isCompletedExceptionally();
    assertThat(PendingRequests.MOST).isEqualTo(100_000);
  }
}
