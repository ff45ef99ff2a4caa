package dev.bobbin.fuzz;

import dev.bobbin.store.jsonfile.JsonFileTarget;
import dev.bobbin.store.redis.RedisValueTarget;
import dev.bobbin.xmpp.bob.plugin.DataElementTarget;
import dev.bobbin.xmpp.caps.HashedInfoTarget;
import dev.bobbin.xmpp.core.internal.dial.SrvNameTarget;
import dev.bobbin.xmpp.core.internal.sasl.ScramTarget;
import dev.bobbin.xmpp.disco.DiscoAnswerTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Something that is tried with hostile input.
 *
 * @param name the name of the folder with its seeds
 * @param type the class whose method Jazzer calls
 * @param test the same method: tries one input, and whatever it throws is a finding
 */
record FuzzTarget(String name, Class<?> type, Consumer<byte[]> test) {
  /** Relative to the module's folder, which is where Maven runs both tests and Jazzer. */
  static final Path SEEDS = Path.of("seeds");

  static final List<FuzzTarget> ALL =
      List.of(
          new FuzzTarget("stream", StreamTarget.class, StreamTarget::fuzzerTestOneInput),
          new FuzzTarget("stanza", StanzaTarget.class, StanzaTarget::fuzzerTestOneInput),
          new FuzzTarget("jid", JidTarget.class, JidTarget::fuzzerTestOneInput),
          new FuzzTarget("content-id", ContentIdTarget.class, ContentIdTarget::fuzzerTestOneInput),
          new FuzzTarget(
              "data-element", DataElementTarget.class, DataElementTarget::fuzzerTestOneInput),
          new FuzzTarget(
              "disco-answer", DiscoAnswerTarget.class, DiscoAnswerTarget::fuzzerTestOneInput),
          new FuzzTarget(
              "hashed-info", HashedInfoTarget.class, HashedInfoTarget::fuzzerTestOneInput),
          new FuzzTarget("json-file", JsonFileTarget.class, JsonFileTarget::fuzzerTestOneInput),
          new FuzzTarget(
              "redis-value", RedisValueTarget.class, RedisValueTarget::fuzzerTestOneInput),
          new FuzzTarget("scram", ScramTarget.class, ScramTarget::fuzzerTestOneInput),
          new FuzzTarget("srv-name", SrvNameTarget.class, SrvNameTarget::fuzzerTestOneInput));

  Path seedFolder() {
    return SEEDS.resolve(name);
  }

  List<Path> seeds() throws IOException {
    try (Stream<Path> files = Files.list(seedFolder())) {
      return files.sorted().toList();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
