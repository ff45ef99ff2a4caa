package dev.bobbin.interop;

import static dev.bobbin.testservers.ServerSoftware.EJABBERD;

import org.junit.jupiter.api.Nested;

/** All of it on ejabberd. */
class OnEjabberdTest {
  @Nested
  class Login extends LoginTests {
    Login() {
      super(EJABBERD);
    }
  }

  @Nested
  class Certificate extends CertificateTests {
    Certificate() {
      super(EJABBERD);
    }
  }

  @Nested
  class Mechanism extends MechanismTests {
    Mechanism() {
      super(EJABBERD);
    }
  }

  @Nested
  class Identity extends IdentityTests {
    Identity() {
      super(EJABBERD);
    }
  }

  @Nested
  class Password extends PasswordTests {
    Password() {
      super(EJABBERD);
    }
  }

  @Nested
  class Finding extends FindingTests {
    Finding() {
      super(EJABBERD);
    }
  }

  @Nested
  class Routing extends RoutingTests {
    Routing() {
      super(EJABBERD);
    }
  }

  @Nested
  class ServerEnd extends ServerEndTests {
    ServerEnd() {
      super(EJABBERD);
    }
  }

  @Nested
  class SlixmppServes extends SlixmppServesTests {
    SlixmppServes() {
      super(EJABBERD);
    }
  }

  @Nested
  class SlixmppServesOddly extends SlixmppServesOddlyTests {
    SlixmppServesOddly() {
      super(EJABBERD);
    }
  }

  @Nested
  class SlixmppAsks extends SlixmppAsksTests {
    SlixmppAsks() {
      super(EJABBERD);
    }
  }

  @Nested
  class SlixmppPushes extends SlixmppPushesTests {
    SlixmppPushes() {
      super(EJABBERD);
    }
  }

  @Nested
  class SlixmppPushesOddly extends SlixmppPushesOddlyTests {
    SlixmppPushesOddly() {
      super(EJABBERD);
    }
  }

  @Nested
  class SlixmppIsPushedTo extends SlixmppIsPushedToTests {
    SlixmppIsPushedTo() {
      super(EJABBERD);
    }
  }

  @Nested
  class Discovery extends DiscoveryTests {
    Discovery() {
      super(EJABBERD);
    }
  }

  @Nested
  class Caps extends CapsTests {
    Caps() {
      super(EJABBERD);
    }
  }

  @Nested
  class DiscoWithSlixmpp extends DiscoWithSlixmppTests {
    DiscoWithSlixmpp() {
      super(EJABBERD);
    }
  }

  @Nested
  class Referring extends ReferringLines {
    Referring() {
      super(Place.EJABBERD);
    }
  }

  @Nested
  class Size extends SizeLines {
    Size() {
      super(Place.EJABBERD);
    }
  }

  @Nested
  class NestedData extends NestedLines {
    NestedData() {
      super(Place.EJABBERD);
    }
  }

  @Nested
  class Refusing extends RefusingLines {
    Refusing() {
      super(Place.EJABBERD);
    }
  }

  @Nested
  class Caching extends CachingLines {
    Caching() {
      super(Place.EJABBERD);
    }
  }

  @Nested
  class Format extends FormatLines {
    Format() {
      super(Place.EJABBERD);
    }
  }

  @Nested
  class Support extends DiscoveryLines {
    Support() {
      super(Place.EJABBERD);
    }
  }

  @Nested
  class Beyond extends BeyondLines {
    Beyond() {
      super(Place.EJABBERD);
    }
  }

  @Nested
  class Rooms extends RoomLines {
    Rooms() {
      super(Place.EJABBERD);
    }
  }

  /** Of the two servers, only this one has such forms. */
  @Nested
  class Captcha extends CaptchaTests {
    Captcha() {
      super(EJABBERD);
    }
  }
}
