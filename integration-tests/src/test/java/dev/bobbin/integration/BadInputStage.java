package dev.bobbin.integration;

import dev.bobbin.xmpp.core.XmppClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Juliet, with something on each of her shelves and a listener to her events, for a class. */
abstract class BadInputStage extends Stage {
  final FilledShelves shelves = new FilledShelves();
  XmppClient juliet;
  HeardEvents events;

  @BeforeAll
  void connect() throws Exception {
    juliet = builder(JULIET).plugin(shelves.plugin()).build();
    juliet.connect().join();
    shelves.fill();
    events = new HeardEvents(bob(juliet));
  }

  @AfterAll
  void close() {
    juliet.close();
  }
}
