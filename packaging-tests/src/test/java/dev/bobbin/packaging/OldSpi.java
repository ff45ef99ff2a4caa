package dev.bobbin.packaging;

import java.util.Map;

/**
 * An SPI of stores that never was: with other methods than the present one, so that what is
 * compiled against it fails as a jar built for another version does.
 */
final class OldSpi {
  private static final String HEADER =
      "package dev.bobbin.xmpp.bob.spi;\nimport dev.bobbin.xmpp.api.plugin.*;\n"
          + "import dev.bobbin.xmpp.bob.*;\nimport java.io.IOException;\nimport java.util.*;\n";

  private OldSpi() {}

  /** Sources by class. */
  static Map<String, String> sources() {
    return Map.of(
        "BobStoreProvider",
        HEADER
            + """
            public interface BobStoreProvider {
              default String name() { return null; }
              default boolean fallback() { return false; }
              default List<Setting> settings() { return List.of(); }
              default BobStore open(StoreContext context) throws IOException { return null; }
            }
            """,
        "BobStore",
        HEADER
            + """
            public interface BobStore extends AutoCloseable {
              default void put(StoredBob item) throws IOException {}
              default Optional<StoredBob> get(BobKey key) throws IOException { return null; }
              default boolean delete(BobKey key) throws IOException { return false; }
              default Page<BobKey> scan(String cursor, int limit) throws IOException {
                return null;
              }
              @Override void close() throws IOException;
            }
            """,
        "StoreContext",
        HEADER + "public class StoreContext { public int port() { return 1; } }",
        "StoreFullException",
        HEADER + "public interface StoreFullException { static void check() {} }");
  }
}
