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
  class FetchFromSlixmpp extends FetchFromSlixmppTests {
    FetchFromSlixmpp() {
      super(PROSODY);
    }
  }

  @Nested
  class FetchedBySlixmpp extends FetchedBySlixmppTests {
    FetchedBySlixmpp() {
      super(PROSODY);
    }
  }

  @Nested
  class Push extends PushTests {
    Push() {
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
  class DiscoWithSlixmpp extends DiscoWithSlixmppTests {
    DiscoWithSlixmpp() {
      super(PROSODY);
    }
  }
}
