package dev.bobbin.interop;

import static dev.bobbin.interop.Place.EMBEDDED;

import org.junit.jupiter.api.Nested;

/** The lines of the standard on the embedded server. */
class OnLoopbackTest {
  @Nested
  class Referring extends ReferringLines {
    Referring() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Size extends SizeLines {
    Size() {
      super(EMBEDDED);
    }
  }

  @Nested
  class NestedData extends NestedLines {
    NestedData() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Refusing extends RefusingLines {
    Refusing() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Caching extends CachingLines {
    Caching() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Format extends FormatLines {
    Format() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Support extends DiscoveryLines {
    Support() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Beyond extends BeyondLines {
    Beyond() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Rooms extends RoomLines {
    Rooms() {
      super(EMBEDDED);
    }
  }
}
