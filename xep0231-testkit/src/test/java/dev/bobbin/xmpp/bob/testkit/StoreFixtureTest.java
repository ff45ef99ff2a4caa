package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kit does around each test. */
class StoreFixtureTest {
  /** Never closes without complaining; not a test of its own. */
  static class Complaining extends MemoryTrial {
    final List<String> closed = new ArrayList<>();
    private int opened;

    @Override
    BobStore make(StoreContext context) {
      String name = "store " + ++opened;
      return new ReferenceStore(context) {
        @Override
        public void close() throws IOException {
          closed.add(name);
          throw new IOException(name + " complains");
        }
      };
    }
  }

  @Test
  void closeStores_oneFails_closesTheOthersAndFails() throws Exception {
    Complaining contract = new Complaining();
    contract.open();
    contract.open();
    assertThatThrownBy(contract::closeStores)
        .hasMessageContaining("store 1 complains")
        .hasMessageContaining("store 2 complains");
    assertThat(contract.closed).containsExactly("store 1", "store 2");
  }
}
