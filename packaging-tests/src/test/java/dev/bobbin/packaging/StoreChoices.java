package dev.bobbin.packaging;

import static dev.bobbin.packaging.StoreChoice.path;

import java.util.List;

/** The table of {@link StoreChoiceIT}, and the providers in it. */
final class StoreChoices {
  private static final String MEMORY = "store-memory";
  private static final String FILES = "store-json-file";
  private static final String REDIS =
      "store-redis lettuce-core netty-buffer netty-codec-base netty-codec-dns netty-common"
          + " netty-handler netty-resolver netty-resolver-dns netty-transport"
          + " netty-transport-native-unix-common reactive-streams reactor-core";
  private static final String NO_SUCH =
      ". Add its module or choose another (docs/errors.md#no-such-store)";
  private static final String TWINS =
      "Two BobStoreProviders are named 'alpha': extra....Provider and extra....Provider."
          + " Take one off the path (docs/errors.md#duplicate-store)";
  private static final String BROKEN =
      ". Mend or remove its jar, or choose a store by name (docs/errors.md#broken-store)";
  private static final String CANNOT_OPEN =
      ". Mend what it says, or choose another store (docs/errors.md#store-cannot-open)";

  private StoreChoices() {}

  static List<ProviderSource> presentProviders() {
    return List.of(
        ProviderSource.named("alpha"),
        ProviderSource.named("beta"),
        ProviderSource.of(
            "spare",
            "spare",
            "return new Kept();",
            "@Override public boolean fallback() { return true; }"),
        ProviderSource.of("twin", "alpha", "return new Kept();", ""),
        ProviderSource.of(
            "unmade",
            "unmade",
            "return null;",
            "public Provider() { throw new UnsupportedOperationException(\"not here\"); }"),
        ProviderSource.failing(
            "unnamed", ProviderSource.name("throw new IllegalStateException(\"no name yet\");")),
        ProviderSource.of(
            "unset",
            "unset",
            "return null;",
            "@Override public List<Setting> settings() { throw new AssertionError(\"unset\"); }"),
        ProviderSource.of("orphan", "orphan", "return null;", "")
            .as("extends Library")
            .without("Library"),
        ProviderSource.of("driverless", "driverless", "new Driver(); return null;", "")
            .without("Driver"),
        ProviderSource.of("nothing", "nothing", "return null;", ""),
        ProviderSource.of("input", "input", "throw new IOException(\"the disk is off\");", ""),
        ProviderSource.of("runtime", "runtime", "throw new IllegalStateException(\"no\");", ""),
        ProviderSource.of("error", "error", "throw new AssertionError(\"never\");", ""));
  }

  static List<ProviderSource> oldProviders() {
    return List.of(
        ProviderSource.failing("oldname", "public String title() { return \"oldname\"; }"),
        ProviderSource.of(
            "oldsettings",
            "oldsettings",
            "return null;",
            "@Override public List<Setting> settings() {"
                + " StoreFullException.check(); return List.of(); }"),
        new ProviderSource(
            "oldopen",
            "implements BobStoreProvider",
            ProviderSource.name("return \"oldopen\";"),
            List.of()),
        ProviderSource.of("oldcontext", "oldcontext", "context.port(); return null;", ""),
        ProviderSource.of(
            "oldstore",
            "oldstore",
            "return new Bare();",
            "static class Bare implements BobStore { @Override public void close() {} }"));
  }

  static List<StoreChoice> all() {
    return List.of(
        path("none", "")
            .fails(
                "No BobStoreProvider was found. Add a store's module to the path, such as"
                    + " store-memory, or give a store in code (docs/errors.md#no-store)"),
        path("one", "alpha").gives("alpha"),
        path("the fallback alone", MEMORY).gives("memory"),
        path("one beside the fallback", "alpha " + MEMORY).gives("alpha"),
        path("files beside the fallback", MEMORY + " " + FILES).gives("json-file"),
        path("Redis with all that it needs, and nobody there", REDIS + " " + MEMORY)
            .with("-Dbobbin.bob.redis.uri=redis://127.0.0.1:1")
            .fails(
                "The store 'redis' cannot be opened: Cannot reach Redis at [redis://127.0.0.1:1]:"
                    + " ... Start it, or set 'uri' to where it is"
                    + " (docs/errors.md#redis-unreachable)"
                    + CANNOT_OPEN),
        path("two", "alpha beta " + MEMORY)
            .fails(
                "Several BobStoreProviders were found: alpha, beta. Choose one in code, or by the"
                    + " system property bobbin.bob.store (docs/errors.md#ambiguous-store)"),
        path("two fallbacks", "spare " + MEMORY)
            .fails(
                "Several BobStoreProviders were found: memory, spare. Choose one in code, or by"
                    + " the system property bobbin.bob.store (docs/errors.md#ambiguous-store)"),
        path("two of one name", "alpha twin " + MEMORY).fails(TWINS),
        path("two of one name, another is named", "alpha twin " + MEMORY)
            .with("name=memory")
            .fails(TWINS),
        path("an unknown name", "alpha " + MEMORY)
            .with("name=redis")
            .fails("No BobStoreProvider named 'redis'; found: alpha, memory" + NO_SUCH),
        path("a name with a slip, by property", FILES + " " + MEMORY)
            .with("-Dbobbin.bob.store=jsonfile")
            .fails(
                "No BobStoreProvider named 'jsonfile'; did you mean 'json-file'? Found: json-file,"
                    + " memory"
                    + NO_SUCH),
        path("an instance", "alpha beta").with("instance=true").gives("given in code"),
        path("an instance against properties, which other clients may need", "alpha beta")
            .with("instance=true", "-Dbobbin.bob.store=redis", "-Dbobbin.bob.nonsense=1")
            .gives("given in code"),
        path("an instance against a setting", "alpha " + MEMORY)
            .with("instance=true", "set.store=memory")
            .fails(
                "A store was given in code, so that the setting 'store' would have no effect;"
                    + " leave one of them out (docs/errors.md#bad-setting)"),
        path("a name in code", "alpha beta " + MEMORY).with("name=memory").gives("memory"),
        path("a name as a setting", "alpha beta").with("set.store=beta").gives("beta"),
        path("a name by property", "alpha beta").with("-Dbobbin.bob.store=beta").gives("beta"),
        path("a name in code against one by property", "alpha beta")
            .with("-Dbobbin.bob.store=beta", "name=alpha")
            .gives("alpha"),
        path("a setting with a slip", MEMORY)
            .with("set.memory.max-byte=5000")
            .fails(
                "The setting 'memory.max-byte' of xep_0231 sets nothing; did you mean"
                    + " 'memory.max-bytes'? There are: store, memory.max-bytes, memory.max-entries"
                    + " (docs/errors.md#bad-setting)"),
        path("a property with a slip", MEMORY)
            .with("-Dbobbin.bob.memory.max-byte=5000")
            .fails(
                "The setting 'bobbin.bob.memory.max-byte' of the system properties sets nothing;"
                    + " did you mean 'bobbin.bob.memory.max-bytes'? There are: bobbin.bob.store,"
                    + " bobbin.bob.memory.max-bytes, bobbin.bob.memory.max-entries"
                    + " (docs/errors.md#bad-setting)"),
        path("a constructor that throws", "unmade " + MEMORY)
            .fails(
                "A BobStoreProvider cannot be loaded: dev.bobbin.xmpp.bob.spi.BobStoreProvider:"
                    + " Provider extra.unmade.Provider could not be instantiated:"
                    + " java.lang.UnsupportedOperationException: not here"
                    + BROKEN),
        path("a constructor that throws, another is named", "unmade " + MEMORY)
            .with("name=memory")
            .gives("memory"),
        path("a constructor that throws, another is named by property", "unmade " + MEMORY)
            .with("-Dbobbin.bob.store=memory")
            .gives("memory"),
        path("a constructor that throws, itself is named", "unmade " + MEMORY)
            .with("name=unmade")
            .fails(
                "No BobStoreProvider named 'unmade'; found: memory; cannot be loaded:"
                    + " dev.bobbin.xmpp.bob.spi.BobStoreProvider: Provider extra.unmade.Provider"
                    + " could not be instantiated: java.lang.UnsupportedOperationException: not"
                    + " here"
                    + NO_SUCH),
        path("a name that throws", "unnamed " + MEMORY)
            .fails("A BobStoreProvider cannot be loaded: no name yet" + BROKEN),
        path("settings that throw", "unset " + MEMORY)
            .fails("A BobStoreProvider cannot be loaded: java.lang.AssertionError: unset" + BROKEN),
        path("a class that is lacking", "orphan " + MEMORY)
            .fails("A BobStoreProvider cannot be loaded: ...extra/orphan/Library" + BROKEN),
        path("a class that is lacking once it opens", "driverless " + MEMORY)
            .fails(
                "The store 'driverless' cannot be opened: java.lang.NoClassDefFoundError:"
                    + " extra/driverless/Driver"
                    + CANNOT_OPEN),
        path("built when the name was another method", "oldname " + MEMORY)
            .fails(
                "A BobStoreProvider cannot be loaded: java.lang.AbstractMethodError: ...name()..."
                    + BROKEN),
        path("built when a class was an interface", "oldsettings " + MEMORY)
            .fails(
                "A BobStoreProvider cannot be loaded: java.lang.IncompatibleClassChangeError: ..."
                    + BROKEN),
        path("built when opening was another method", "oldopen " + MEMORY)
            .fails(
                "The store 'oldopen' cannot be opened: java.lang.AbstractMethodError: ...open(..."
                    + CANNOT_OPEN),
        path("built when the context had a port", "oldcontext " + MEMORY)
            .fails(
                "The store 'oldcontext' cannot be opened: java.lang.NoSuchMethodError: ...port()..."
                    + CANNOT_OPEN),
        path("built when stores had other methods", "oldstore " + MEMORY)
            .gives("oldstore", "java.lang.AbstractMethodError: ...put(..."),
        path("a services file that names no class", "absent " + MEMORY)
            .onTheClassPathOnly()
            .fails(
                "A BobStoreProvider cannot be loaded: dev.bobbin.xmpp.bob.spi.BobStoreProvider:"
                    + " Provider extra.absent.Provider not found"
                    + BROKEN),
        path("a services file that names no provider", "stranger " + MEMORY)
            .onTheClassPathOnly()
            .fails(
                "A BobStoreProvider cannot be loaded: dev.bobbin.xmpp.bob.spi.BobStoreProvider:"
                    + " dev.bobbin.packaging.MapStore not a subtype"
                    + BROKEN),
        path("no store is opened", "nothing")
            .fails("The store 'nothing' cannot be opened: its provider gave null" + CANNOT_OPEN),
        path("opening fails", "input")
            .fails("The store 'input' cannot be opened: the disk is off" + CANNOT_OPEN),
        path("opening fails unchecked", "runtime")
            .fails("The store 'runtime' cannot be opened: no" + CANNOT_OPEN),
        path("opening fails with an Error", "error")
            .fails(
                "The store 'error' cannot be opened: java.lang.AssertionError: never"
                    + CANNOT_OPEN));
  }
}
