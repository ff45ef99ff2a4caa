package dev.bobbin.xmpp.bob.testkit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a store declares about the parts of the contract that not every store can have. Whatever is
 * not excused is tested; each excuse has a reason, which the report of skipped tests shows.
 *
 * <pre>{@code
 * StoreTraits.persistent().placedBy("directory")
 * StoreTraits.notPersistent("it is in memory").oneProcess("it is in memory")
 * StoreTraits.persistent().noFiles("a server has them").ownClock("the server expires items")
 * }</pre>
 *
 * <p>Immutable; each method but the first two gives a copy.
 */
public final class StoreTraits {
  /** A part of the contract that can be excused. */
  enum Part {
    PERSISTENCE("not persistent"),
    SEVERAL_PROCESSES("one process only"),
    INJECTED_CLOCK("expires by its own clock"),
    FILES("no files to damage"),
    CHECKSUM("no checksum"),
    ATOMICITY("putIf is not atomic");

    private final String absence;

    Part(String absence) {
      this.absence = absence;
    }
  }

  /** A setting and its value. */
  record Bound(String key, String value) {}

  private final Map<Part, String> reasons;
  private final @Nullable String placeKey;
  private final @Nullable Bound bound;
  private final boolean tellsDamage;

  private StoreTraits(
      Map<Part, String> reasons,
      @Nullable String placeKey,
      @Nullable Bound bound,
      boolean tellsDamage) {
    this.reasons = reasons;
    this.placeKey = placeKey;
    this.bound = bound;
    this.tellsDamage = tellsDamage;
  }

  /**
   * A store whose items outlive it, for which nothing is excused: several processes may have one
   * place at a time, items expire by the clock of the context, and a change of a file is noticed.
   * It takes {@link #placedBy} or {@link #noFiles} besides.
   *
   * @return the traits
   */
  public static StoreTraits persistent() {
    return new StoreTraits(Map.of(), null, null, false);
  }

  /**
   * A store whose items end with it. Several processes at a time are tested all the same, unless
   * {@link #oneProcess} excuses them.
   *
   * @param reason why that is right for this store
   * @return the traits
   * @throws IllegalArgumentException when the reason is blank
   */
  public static StoreTraits notPersistent(String reason) {
    return new StoreTraits(Map.of(), null, null, false).excuse(Part.PERSISTENCE, reason);
  }

  /**
   * Has the kit set a place on disk: in each test an absolute path to which nothing exists yet, in
   * a folder that exists and is removed afterwards. The files that the store makes there, be it a
   * directory or one file, are damaged to see what it does.
   *
   * @param settingKey the key of the store's setting that takes such a path, such as {@code
   *     directory}
   * @return a copy
   */
  public StoreTraits placedBy(String settingKey) {
    return new StoreTraits(
        reasons, Objects.requireNonNull(settingKey, "settingKey"), bound, tellsDamage);
  }

  /**
   * For a persistent store whose items are in no files that the kit could damage.
   *
   * @param reason where they are
   * @return a copy
   * @throws IllegalArgumentException when the reason is blank
   */
  public StoreTraits noFiles(String reason) {
    return excuse(Part.FILES, reason);
  }

  /**
   * For a store whose place belongs to one process at a time.
   *
   * @param reason why that is right for this store
   * @return a copy
   * @throws IllegalArgumentException when the reason is blank
   */
  public StoreTraits oneProcess(String reason) {
    return excuse(Part.SEVERAL_PROCESSES, reason);
  }

  /**
   * For a store whose backend expires items by a clock that a test cannot set. It is given the
   * system's clock, tests wait for items to expire, and none looks at the exact instant.
   *
   * @param reason whose clock it is
   * @return a copy
   * @throws IllegalArgumentException when the reason is blank
   */
  public StoreTraits ownClock(String reason) {
    return excuse(Part.INJECTED_CLOCK, reason);
  }

  /**
   * For a store that cannot notice when single bits of a file have changed. Of data whose
   * content-id carries its hash, such a change must be noticed all the same.
   *
   * @param reason why that is right for this store
   * @return a copy
   * @throws IllegalArgumentException when the reason is blank
   */
  public StoreTraits noChecksum(String reason) {
    return excuse(Part.CHECKSUM, reason);
  }

  /**
   * For a store that cannot look and put in one step, such as one that leaves {@link
   * dev.bobbin.xmpp.bob.spi.BobStore#putIf} as it is. Whoever copies into it while others put may
   * undo a put of theirs.
   *
   * @param reason why that is right for this store
   * @return a copy
   * @throws IllegalArgumentException when the reason is blank
   */
  public StoreTraits notAtomic(String reason) {
    return excuse(Part.ATOMICITY, reason);
  }

  /**
   * For a store with a bound on what it keeps: the setting that makes it so small that it is full
   * after at most 5,000 items. Without this the store has room for all that the tests put.
   *
   * @param settingKey the key of the setting, such as {@code max-entries}
   * @param value its value, such as {@code 10}
   * @return a copy
   */
  public StoreTraits boundedBy(String settingKey, String value) {
    Objects.requireNonNull(settingKey, "settingKey");
    Objects.requireNonNull(value, "value");
    return new StoreTraits(reasons, placeKey, new Bound(settingKey, value), tellsDamage);
  }

  /**
   * For a store with files in which an item has one of its own, and whose {@link
   * dev.bobbin.xmpp.bob.spi.BobStore#damage} says so when that is damaged. Without this it need not
   * be able to tell.
   *
   * @return a copy
   */
  public StoreTraits tellsDamage() {
    return new StoreTraits(reasons, placeKey, bound, true);
  }

  private StoreTraits excuse(Part part, String reason) {
    if (Objects.requireNonNull(reason, "reason").isBlank()) {
      throw new IllegalArgumentException("say why: " + part.absence);
    }
    Map<Part, String> more = new EnumMap<>(Part.class);
    more.putAll(reasons);
    more.put(part, part.absence + ": " + reason);
    return new StoreTraits(more, placeKey, bound, tellsDamage);
  }

  /** What the report says of a part that is excused; empty when it must be tested. */
  Optional<String> excuse(Part part) {
    return Optional.ofNullable(reasons.get(part));
  }

  Optional<String> placeKey() {
    return Optional.ofNullable(placeKey);
  }

  Optional<Bound> bound() {
    return Optional.ofNullable(bound);
  }

  boolean isDamageTold() {
    return tellsDamage;
  }

  /**
   * What is excused, and why.
   *
   * @return such as {@code [not persistent: it is in memory]}
   */
  @Override
  public String toString() {
    return reasons.values().toString();
  }
}
