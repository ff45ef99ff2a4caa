package dev.bobbin.store.jsonfile;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file that is not, or no longer, an item: in a hidden directory of its own beside
 * the items, so that what was left there is found without reading the names of all of them; and
 * never used twice, by this process or another. It tells when it was given, since a file that is
 * renamed or linked keeps the time of its last modification, which may be long ago.
 *
 * @param kind why it is hidden
 * @param made when the name was given, by the {@link MachineClock}, to the millisecond
 * @param item the name that a held file belongs under; empty for the other kinds
 */
record HiddenName(Kind kind, Instant made, String item) {
  /** Why a file is hidden. */
  enum Kind {
    /** An item that is being written. */
    UNFINISHED,
    /** A second name of the item that is being replaced. */
    REPLACED,
    /** An item that is being deleted. */
    REMOVED,
    /** An item that is looked at, and goes back unless it has expired. */
    HELD
  }

  static final String DIRECTORY = ".bobbin";
  static final String PREFIX = DIRECTORY + "-";
  static final String GLOB = PREFIX + "*.tmp";

  private static final Pattern NAME =
      Pattern.compile(
          "\\.bobbin-(unfinished|replaced|removed|held)-([0-9]{1,15})-[0-9a-f]{16}(?:-(.+))?\\.tmp");

  /** Where the hidden files are of a directory of items. */
  static Path directory(Path items) {
    return items.resolve(DIRECTORY);
  }

  static Path unfinished(Path items) {
    return directory(items).resolve(next(Kind.UNFINISHED, MachineClock.now(), ""));
  }

  static Path replaced(Path items) {
    return directory(items).resolve(next(Kind.REPLACED, MachineClock.now(), ""));
  }

  static Path removed(Path items) {
    return directory(items).resolve(next(Kind.REMOVED, MachineClock.now(), ""));
  }

  static Path held(Path items, String item) {
    return directory(items).resolve(next(Kind.HELD, MachineClock.now(), item));
  }

  /** At most 248 characters, of the 255 that file systems allow. */
  static String next(Kind kind, Instant now, String item) {
    String random = String.format("%016x", UUID.randomUUID().getLeastSignificantBits());
    return PREFIX
        + kind.name().toLowerCase(Locale.ROOT)
        + '-'
        + now.toEpochMilli()
        + '-'
        + random
        + (item.isEmpty() ? "" : '-' + item)
        + ".tmp";
  }

  /** Empty when we have not given that name. */
  static Optional<HiddenName> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Kind kind = Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    String item = matcher.group(3) == null ? "" : matcher.group(3);
    boolean right = kind == Kind.HELD ? ItemNames.isName(item) : item.isEmpty();
    Instant made = Instant.ofEpochMilli(Long.parseLong(matcher.group(2)));
    return right ? Optional.of(new HiddenName(kind, made, item)) : Optional.empty();
  }
}
