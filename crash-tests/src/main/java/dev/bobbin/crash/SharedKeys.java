package dev.bobbin.crash;

import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that several processes change, hosted and under their own names, as Python's loader has
 * them, but for the last one: of that, Python's file and ours have different names, ours hides
 * Python's, and takes it away when it is put. Any process may put under those whose content-id is a
 * hash. Of the others, each is put by one Python program and all of the JVMs: two Python programs
 * that write one file at once mix their bytes, and without a hash nobody can tell.
 */
final class SharedKeys {
  /** Where they are: not what killed writers have left, some of it under the same keys. */
  static final String PLACE = "shared";

  static final int JVMS = 3;
  static final int PYTHONS = 2;

  private static final BobData FIXED = BobData.utf8("what the hash is of ".repeat(400));

  static final List<BobKey> ALL =
      List.of(
          BobKey.hosted(ContentId.of("first@example.org")),
          BobKey.hosted(ContentId.of("second@example.org")),
          BobKey.hosted(ContentId.of("third")),
          BobKey.hosted(ContentId.of("fourth")),
          BobKey.hosted(ContentId.of(HashAlgorithm.SHA_1, FIXED)),
          BobKey.hosted(ContentId.of(HashAlgorithm.SHA_256, FIXED)),
          BobKey.hosted(ContentId.of("Shared Words")));

  private SharedKeys() {}

  /** The only data that may be under that key; empty when any may. */
  static Optional<BobData> fixedData(int index) {
    return ALL.get(index).cid().isVerifiable() ? Optional.of(FIXED) : Optional.empty();
  }

  /**
   * For the command line of a Python program: its name for the file, ours, whether it may put
   * there, and fixed data.
   */
  static List<String> forPython(int python) {
    List<String> keys = new ArrayList<>();
    for (int index = 0; index < ALL.size(); index++) {
      Optional<BobData> fixed = fixedData(index);
      boolean mayPut = fixed.isPresent() || index % PYTHONS == python;
      keys.add(
          ALL.get(index).cid()
              + ":"
              + ALL.get(index).safeName()
              + (mayPut ? ":yes:" : ":no:")
              + fixed.map(BobData::toBase64).orElse(""));
    }
    return keys;
  }
}
