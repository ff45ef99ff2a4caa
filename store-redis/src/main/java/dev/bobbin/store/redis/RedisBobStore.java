package dev.bobbin.store.redis;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each item under a name of its own in Redis, as {@link KeySpace} has it, in the form of
 * {@link ItemFormat}.
 *
 * <p>What this does not do: make Redis durable. What was acknowledged is as safe as the server
 * makes it before it answers: with {@code appendonly yes} and {@code appendfsync always} on its
 * disk, with less in its memory; a replica that takes over may not have it yet.
 *
 * <h2>Concurrency</h2>
 *
 * <p>Each operation is one command, or one script, on one name, which Redis runs without another in
 * between; so nothing is locked here, for threads as for processes, and a cluster needs no more
 * than one server does. {@link #putIf} reads first, and its script compares with what was read.
 * Where stages complete, and who waits for what, {@link Commands} says.
 *
 * <h2>Closing</h2>
 *
 * <p>Calls that begin after {@link #close} are refused; those under way are ended, as failures.
 */
final class RedisBobStore implements AsyncBobStore {
  private static final Logger LOG = LoggerFactory.getLogger(RedisBobStore.class);

  private final Commands commands;
  private final RedisClusterAsyncCommands<byte[], byte[]> redis;
  private final KeySpace keys;
  private final KeyListing listing;
  private final DamageLog damage;
  private final ItemValues values;
  private final String place;

  private RedisBobStore(RedisLink link, RedisSettings settings, StoreContext context) {
    redis = link.commands();
    keys = new KeySpace(settings.prefix());
    damage = new DamageLog(context.executor(), LOG::warn);
    values = new ItemValues(context, damage);
    place = "Redis at " + settings.servers() + ", keys " + keys.pattern();
    commands = new Commands(link, place, context.executor(), settings);
    listing = new KeyListing(new NamePass(commands, link, keys, place));
  }

  static RedisBobStore open(StoreContext context) throws IOException {
    RedisSettings settings = RedisSettings.of(context);
    RedisLink link = RedisLink.open(settings, LOG::warn);
    return new RedisBobStore(link, settings, context);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException when Redis does not answer in time or refuses it, or when it is too large
   *     or has another hash than its content-id says
   */
  @Override
  public void put(StoredBob item) throws IOException {
    commands.result(store(Objects.requireNonNull(item, "item")), "put");
  }

  /**
   * {@inheritDoc}
   *
   * <p>Two commands, of which the second one compares again; atomic among all processes.
   */
  @Override
  public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
    byte[] name = keys.name(Objects.requireNonNull(item, "item").key());
    byte[] there = commands.result(read(name), "put");
    Optional<StoredBob> found = values.found(name, there, item.key());
    if (!found.equals(Optional.ofNullable(expected))) {
      return false;
    }
    IOException refusal = values.refusal(item);
    if (refusal != null) {
      throw refusal;
    }
    boolean expired = values.hasExpired(item);
    byte[][] arguments =
        Scripts.putIf(
            values.most(),
            there,
            expired ? new byte[0] : ItemFormat.encode(item),
            expired ? 0 : ItemValues.expiryMillis(item),
            found.isEmpty());
    byte[][] names = {name};
    boolean put =
        commands.result(
            commands.ask(
                "put",
                () -> redis.<Long>eval(Scripts.PUT_IF, ScriptOutputType.INTEGER, names, arguments),
                done -> done == 1),
            "put");
    if (put) {
      damage.forget(name);
    }
    return put;
  }

  /** What is there, as far as it can be an item; empty where nothing is, or no string. */
  private CompletableFuture<byte[]> read(byte[] name) {
    CompletableFuture<byte @Nullable []> value =
        commands.ask("put", () -> redis.getrange(name, 0, values.most()), read -> read);
    return value.handle(
        (read, failure) -> {
          if (failure != null && !isOfAnotherType(failure)) {
            throw completion(failure);
          }
          return read == null ? new byte[0] : read;
        });
  }

  @Override
  public Optional<StoredBob> get(BobKey key) throws IOException {
    return commands.result(find(Objects.requireNonNull(key, "key")), "get");
  }

  /**
   * {@inheritDoc}
   *
   * <p>A damaged value, or one that is no string, is removed as well, and counts as none.
   */
  @Override
  public boolean delete(BobKey key) throws IOException {
    return commands.result(remove(Objects.requireNonNull(key, "key")), "delete");
  }

  @Override
  public CompletionStage<Void> putAsync(StoredBob item) {
    return commands.given(store(Objects.requireNonNull(item, "item")));
  }

  @Override
  public CompletionStage<Optional<StoredBob>> getAsync(BobKey key) {
    return commands.given(find(Objects.requireNonNull(key, "key")));
  }

  @Override
  public CompletionStage<Boolean> deleteAsync(BobKey key) {
    return commands.given(remove(Objects.requireNonNull(key, "key")));
  }

  private CompletableFuture<Void> store(StoredBob item) {
    byte[] name = keys.name(item.key());
    IOException refusal = values.refusal(item);
    if (refusal != null && !commands.isClosed()) {
      return CompletableFuture.failedFuture(refusal);
    }
    if (values.hasExpired(item)) {
      return commands.ask("put", () -> redis.del(name), done -> null);
    }
    long expiry = ItemValues.expiryMillis(item);
    SetArgs how = expiry == 0 ? new SetArgs() : SetArgs.Builder.pxAt(expiry);
    return commands.ask(
        "put",
        () -> redis.set(name, ItemFormat.encode(item), how),
        done -> {
          damage.forget(name);
          return null;
        });
  }

  private CompletableFuture<Optional<StoredBob>> find(BobKey key) {
    byte[] name = keys.name(key);
    return commands
        .ask(
            "get",
            () -> redis.getrange(name, 0, values.most()),
            value -> values.found(name, value, key))
        .exceptionally(failure -> absentIfOfAnotherType(name, failure));
  }

  /** What somebody else put there as a list, say, is no item. */
  private Optional<StoredBob> absentIfOfAnotherType(byte[] name, Throwable failure) {
    if (isOfAnotherType(failure)) {
      damage.report(name, "it is no string, but of another type of Redis");
      return Optional.empty();
    }
    throw completion(failure);
  }

  private static boolean isOfAnotherType(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof OtherTypeException;
  }

  private static CompletionException completion(Throwable failure) {
    return failure instanceof CompletionException known ? known : new CompletionException(failure);
  }

  private CompletableFuture<Boolean> remove(BobKey key) {
    byte[] name = keys.name(key);
    byte[] most = Scripts.most(values.most());
    return commands.ask(
        "delete",
        () -> redis.<byte[]>eval(Scripts.DELETE, ScriptOutputType.VALUE, new byte[][] {name}, most),
        value -> values.removed(value, key).isPresent());
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) throws IOException {
    if (commands.isClosed()) {
      throw Problems.closed(place);
    }
    return listing.page(cursor, limit);
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public void close() throws IOException {
    commands.close();
  }
}
