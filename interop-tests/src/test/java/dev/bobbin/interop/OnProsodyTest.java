package dev.bobbin.interop;

import static dev.bobbin.testservers.ServerSoftware.PROSODY;

import org.junit.jupiter.api.Nested;

/** All of it on Prosody. */
class OnProsodyTest {
  @Nested
  class Login extends LoginTests {
    Login() {
      super(PROSODY);
    }
  }

  @Nested
  class Certificate extends CertificateTests {
    Certificate() {
      super(PROSODY);
    }
  }

  @Nested
  class Mechanism extends MechanismTests {
    Mechanism() {
      super(PROSODY);
    }
  }

  @Nested
  class Identity extends IdentityTests {
    Identity() {
      super(PROSODY);
    }
  }

  @Nested
  class Password extends PasswordTests {
    Password() {
      super(PROSODY);
    }
  }

  @Nested
  class Finding extends FindingTests {
    Finding() {
      super(PROSODY);
    }
  }

  @Nested
  class Routing extends RoutingTests {
    Routing() {
      super(PROSODY);
    }
  }

  @Nested
  class ServerEnd extends ServerEndTests {
    ServerEnd() {
      super(PROSODY);
    }
  }

  @Nested
  class SlixmppServes extends SlixmppServesTests {
    SlixmppServes() {
      super(PROSODY);
    }
  }

  @Nested
  class SlixmppServesOddly extends SlixmppServesOddlyTests {
    SlixmppServesOddly() {
      super(PROSODY);
    }
  }

  @Nested
  class SlixmppAsks extends SlixmppAsksTests {
    SlixmppAsks() {
      super(PROSODY);
    }
  }

  @Nested
  class SlixmppPushes extends SlixmppPushesTests {
    SlixmppPushes() {
      super(PROSODY);
    }
  }

  @Nested
  class SlixmppPushesOddly extends SlixmppPushesOddlyTests {
    SlixmppPushesOddly() {
      super(PROSODY);
    }
  }

  @Nested
  class SlixmppIsPushedTo extends SlixmppIsPushedToTests {
    SlixmppIsPushedTo() {
      super(PROSODY);
    }
  }

  @Nested
  class Discovery extends DiscoveryTests {
    Discovery() {
      super(PROSODY);
    }
  }

  @Nested
  class Caps extends CapsTests {
    Caps() {
      super(PROSODY);
    }
  }

  @Nested
  class DiscoWithSlixmpp extends DiscoWithSlixmppTests {
    DiscoWithSlixmpp() {
      super(PROSODY);
    }
  }

  @Nested
  class Referring extends ReferringLines {
    Referring() {
      super(Place.PROSODY);
    }
  }

  @Nested
  class Size extends SizeLines {
    Size() {
      super(Place.PROSODY);
    }
  }

  @Nested
  class NestedData extends NestedLines {
    NestedData() {
      super(Place.PROSODY);
    }
  }

  @Nested
  class Refusing extends RefusingLines {
    Refusing() {
      super(Place.PROSODY);
    }
  }

  @Nested
  class Caching extends CachingLines {
    Caching() {
      super(Place.PROSODY);
    }
  }

  @Nested
  class Format extends FormatLines {
    Format() {
      super(Place.PROSODY);
    }
  }

  @Nested
  class Support extends DiscoveryLines {
    Support() {
      super(Place.PROSODY);
    }
  }

  @Nested
  class Beyond extends BeyondLines {
    Beyond() {
      super(Place.PROSODY);
    }
  }

  @Nested
  class Rooms extends RoomLines {
    Rooms() {
      super(Place.PROSODY);
    }
  }
}
