package dev.bobbin.store.redis;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.AsyncBobStore;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
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
import java.util.function.Consumer;
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

  private RedisBobStore(
      RedisLink link, RedisSettings settings, StoreContext context, Consumer<String> warn) {
    redis = link.commands();
    keys = new KeySpace(settings.prefix());
    damage = new DamageLog(warn);
    values = new ItemValues(context);
    place = "Redis at " + settings.servers() + ", keys " + keys.pattern();
    commands = new Commands(link, place, context.executor(), settings);
    listing = new KeyListing(new NamePass(commands, link, keys, place));
  }

  static RedisBobStore open(StoreContext context) throws IOException {
    return open(context, LOG::warn);
  }

  static RedisBobStore open(StoreContext context, Consumer<String> log) throws IOException {
    RedisSettings settings = RedisSettings.of(context);
    Warnings warn = new Warnings(context.executor(), log);
    return new RedisBobStore(RedisLink.open(settings, warn), settings, context, warn);
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
    Seen seen = commands.result(look("put", name, item.key()), "put");
    Optional<StoredBob> found = told(name, seen);
    if (!found.equals(Optional.ofNullable(expected))) {
      return false;
    }
    if (expected == null) {
      requireReplaceable(name, seen.damage());
    }
    Optional<ItemRefusedException> refusal = values.refusal(item);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    boolean expired = values.hasExpired(item);
    byte[] value = expired ? new byte[0] : ItemFormat.encode(item);
    long expiry = expired ? 0 : ItemValues.expiryMillis(item);
    byte[][] arguments = Scripts.putIf(values.most(), seen.value(), value, expiry, found.isEmpty());
    byte[][] names = {name};
    boolean put =
        commands.result(
            commands.ask(
                "put",
                seen.value().length + value.length,
                () -> redis.<Long>eval(Scripts.PUT_IF, ScriptOutputType.INTEGER, names, arguments),
                done -> done == 1),
            "put");
    if (put) {
      damage.forget(name);
    }
    return put;
  }

  /** What another program or process can give out is not nothing. */
  private void requireReplaceable(byte[] name, @Nullable DamagedValueException damage)
      throws ItemRefusedException {
    if (damage != null && damage.kind() != DamagedValueException.Kind.DAMAGED) {
      throw new ItemRefusedException(
          "Left the value of the key '"
              + DamageLog.shown(name)
              + "' in "
              + place
              + " as it is, since it is not known to be nothing: "
              + damage.reason()
              + ". "
              + damage.kind().advice());
    }
  }

  /** What is there, as far as it can be an item. */
  private CompletableFuture<Seen> look(String what, byte[] name, BobKey key) {
    return commands
        .<byte @Nullable [], Seen>ask(
            what, () -> redis.getrange(name, 0, values.most()), value -> values.seen(value, key))
        .exceptionally(
            failure -> {
              if (isOfAnotherType(failure)) {
                return values.ofAnotherType();
              }
              throw failure instanceof CompletionException known
                  ? known
                  : new CompletionException(failure);
            });
  }

  private static boolean isOfAnotherType(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof OtherTypeException;
  }

  /** The item; what is damaged is named in the log. */
  private Optional<StoredBob> told(byte[] name, Seen seen) {
    if (seen.damage() != null) {
      damage.report(name, seen.damage());
    }
    return seen.item();
  }

  @Override
  public Optional<StoredBob> get(BobKey key) throws IOException {
    return commands.result(find(Objects.requireNonNull(key, "key")), "get");
  }

  /**
   * {@inheritDoc}
   *
   * <p>What gives no item is removed as well, and counts as none: a damaged value, one that is no
   * string, of a later version, or larger than this store takes.
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
    Optional<ItemRefusedException> refusal = values.refusal(item);
    if (refusal.isPresent() && !commands.isClosed()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    if (values.hasExpired(item)) {
      return commands.ask("put", () -> redis.del(name), done -> null);
    }
    long expiry = ItemValues.expiryMillis(item);
    SetArgs how = expiry == 0 ? new SetArgs() : SetArgs.Builder.pxAt(expiry);
    return commands.ask(
        "put",
        item.bob().data().size(),
        () -> redis.set(name, ItemFormat.encode(item), how),
        done -> {
          damage.forget(name);
          return null;
        });
  }

  private CompletableFuture<Optional<StoredBob>> find(BobKey key) {
    byte[] name = keys.name(key);
    return look("get", name, key).thenApply(seen -> told(name, seen));
  }

  private CompletableFuture<Boolean> remove(BobKey key) {
    byte[] name = keys.name(key);
    byte[] most = Scripts.most(values.most());
    return commands.ask(
        "delete",
        () -> redis.<byte[]>eval(Scripts.DELETE, ScriptOutputType.VALUE, new byte[][] {name}, most),
        value -> values.seen(value, key).item().isPresent());
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) throws IOException {
    if (commands.isClosed()) {
      throw Problems.closed(place);
    }
    return listing.page(cursor, limit);
  }

  @Override
  public Optional<String> damage(BobKey key) throws IOException {
    byte[] name = keys.name(Objects.requireNonNull(key, "key"));
    Seen seen = commands.result(look("get", name, key), "get");
    return Optional.ofNullable(seen.damage()).map(DamagedValueException::reason);
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
