package dev.bobbin.packaging;

import java.util.List;

/**
 * The source of somebody's store provider, in a module of its own: the class {@code Provider}, and
 * the store {@code Kept} that it opens.
 *
 * @param name of the module and its package, behind {@code extra.}
 * @param parent what the provider is declared as
 * @param body the members of the provider
 * @param omitted classes that are compiled and left out of the jar
 */
record ProviderSource(String name, String parent, String body, List<String> omitted) {
  private static final String INTERFACE = "implements BobStoreProvider";
  private static final String OPEN = "return new Kept();";

  /** A provider that does what it should. */
  static ProviderSource named(String name) {
    return of(name, name, OPEN, "");
  }

  /** A provider with a name of its choice, that opens its store so, and has other members. */
  static ProviderSource of(String name, String called, String open, String more) {
    return new ProviderSource(
        name, INTERFACE, name("return \"" + called + "\";") + open(open) + more, List.of());
  }

  /** One that fails before it is asked for a store. */
  static ProviderSource failing(String name, String member) {
    return new ProviderSource(name, INTERFACE, member + open(OPEN), List.of());
  }

  ProviderSource as(String newParent) {
    return new ProviderSource(name, newParent, body, omitted);
  }

  ProviderSource without(String... classes) {
    return new ProviderSource(name, parent, body, List.of(classes));
  }

  static String name(String statements) {
    return "@Override public String name() {" + statements + "}\n";
  }

  static String open(String statements) {
    return "@Override public BobStore open(StoreContext context) throws IOException {"
        + statements
        + "}\n";
  }

  String module() {
    return "extra." + name;
  }

  String moduleInfo() {
    return "module "
        + module()
        + " { requires dev.bobbin.xmpp.bob; exports "
        + module()
        + "; provides dev.bobbin.xmpp.bob.spi.BobStoreProvider with "
        + module()
        + ".Provider; }";
  }

  String provider() {
    return header() + "public class Provider " + parent + " {\n" + body + "}\n";
  }

  /** Keeps one item; each method but {@code put}, {@code get} and {@code close} is out of use. */
  String kept() {
    return header()
        + """
        class Kept implements BobStore {
          private volatile StoredBob kept;
          @Override public void put(StoredBob item) { kept = item; }
          @Override public Optional<StoredBob> get(BobKey key) { return Optional.ofNullable(kept); }
          @Override public boolean delete(BobKey key) { return false; }
          @Override public Page<BobKey> scan(String cursor, int limit) { return null; }
          @Override public void close() {}
        }
        abstract class Library implements BobStoreProvider {}
        class Driver {}
        """;
  }

  private String header() {
    return "package "
        + module()
        + ";\nimport dev.bobbin.xmpp.api.plugin.*;\nimport dev.bobbin.xmpp.bob.*;\n"
        + "import dev.bobbin.xmpp.bob.spi.*;\nimport java.io.IOException;\nimport java.util.*;\n";
  }
}
