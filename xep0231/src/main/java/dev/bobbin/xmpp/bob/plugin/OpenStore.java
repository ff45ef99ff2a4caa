package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;

/**
 * A store in use.
 *
 * @param name of its provider, or {@code given in code}
 * @param store the store
 * @param place where its items are, fit for a log
 * @param isOurs whether it is ours to close
 */
record OpenStore(String name, BobStore store, String place, boolean isOurs) {
  /** A path may be long, and is of use only as a whole. */
  private static final int LONGEST_PLACE = 1000;

  static OpenStore ours(String name, BobStore store) {
    return new OpenStore(name, store, place(store), true);
  }

  static OpenStore given(BobStore store) {
    return new OpenStore("given in code", store, place(store), false);
  }

  private static String place(BobStore store) {
    try {
      return Quoted.cut(String.valueOf(store.place()), LONGEST_PLACE);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      // A store that only cannot say where it is can still keep things.
      return "unknown, because of " + Quoted.of(e.toString());
    }
  }

  void close() throws IOException {
    if (isOurs) {
      store.close();
    }
  }
}
