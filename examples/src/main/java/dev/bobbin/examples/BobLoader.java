package dev.bobbin.examples;

import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Keeps each bit of binary that we host in a JSON file named with its content-id: the smallest
 * useful handlers, written by an application. What was received has a life to be kept to and a
 * sender to be remembered; it is passed on to the handlers that these cover.
 *
 * <p>For real use there is the module {@code store-json-file}, which reads these files, loses none
 * of its own in a crash, and keeps everything.
 */
final class BobLoader {
  private final JsonFactory json = new JsonFactory();
  private final Path directory;

  BobLoader(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Covers the three methods for everything that we host. */
  List<Registration> register(ApiRegistry api) {
    ApiScope all = ApiScope.everywhere();
    return List.of(
        api.register(BobMethods.SET_BOB, all, hosted(StoredBob::key, this::set)),
        api.register(BobMethods.GET_BOB, all, hosted(Function.identity(), this::get)),
        api.register(BobMethods.DEL_BOB, all, hosted(Function.identity(), this::delete)));
  }

  private static <I, O> ApiHandler<I, O> hosted(
      Function<I, BobKey> keyOf, ApiHandler.Body<I, O> body) {
    ApiHandler<I, O> file = ApiHandler.blocking(body);
    return call ->
        keyOf.apply(call.args()).shelf() instanceof Shelf.Hosted
            ? file.handle(call)
            : call.proceed(call.args());
  }

  /** Serves {@code SET_BOB}. */
  private BobKey set(ApiCall<StoredBob, BobKey> call) throws IOException {
    Bob bob = call.args().bob();
    Path half = Files.createTempFile(directory, ".half-", "");
    try (JsonGenerator file =
        json.createGenerator(ObjectWriteContext.empty(), Files.newOutputStream(half))) {
      file.writeStartObject();
      file.writeStringProperty("data", bob.data().toBase64());
      file.writeStringProperty("type", bob.type());
      file.writeStringProperty("cid", bob.cid().value());
      file.writeName("max_age");
      Duration maxAge = bob.maxAge();
      if (maxAge == null) {
        file.writeNull();
      } else {
        file.writeNumber(maxAge.toSeconds());
      }
      file.writeEndObject();
    }
    Files.move(half, file(call.args().key()), StandardCopyOption.ATOMIC_MOVE);
    return call.args().key();
  }

  /** Serves {@code GET_BOB}. */
  private Optional<StoredBob> get(ApiCall<BobKey, Optional<StoredBob>> call) throws IOException {
    BobKey key = call.args();
    Map<String, String> values = new HashMap<>();
    try (JsonParser file =
        json.createParser(ObjectReadContext.empty(), Files.newInputStream(file(key)))) {
      file.nextToken();
      while (file.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = file.currentName();
        if (file.nextToken() != JsonToken.VALUE_NULL) {
          values.put(name, file.getString());
        }
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    String maxAge = values.get("max_age");
    Bob bob =
        new Bob(
            key.cid(),
            values.getOrDefault("type", ""),
            BobData.fromBase64(values.getOrDefault("data", "")),
            maxAge == null ? null : Duration.ofSeconds(Long.parseLong(maxAge)));
    return Optional.of(
        new StoredBob(key, bob, Files.getLastModifiedTime(file(key)).toInstant(), null, null));
  }

  /** Serves {@code DEL_BOB}. */
  private boolean delete(ApiCall<BobKey, Boolean> call) throws IOException {
    return Files.deleteIfExists(file(call.args()));
  }

  /** A content-id is a stranger's text: {@code safeName} is what makes it a file name. */
  Path file(BobKey key) {
    return directory.resolve(key.safeName());
  }
}
