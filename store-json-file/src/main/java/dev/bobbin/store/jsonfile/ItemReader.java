package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.bobbin.store.jsonfile.DamagedFileException.Kind;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads files that anybody may have written. What is no regular file is never opened (opening a
 * pipe would wait for a writer), links are not followed, and no more is read than the largest item
 * can take: 4 bytes for every 3 of data, and 64 KiB for the rest.
 *
 * <p>A file may become something else between the look at it and its opening. A link is then an
 * error; a pipe is waited for, since Java has no way to open one without waiting, nor to end the
 * wait. Only who may write into the directory can do that, hence the checks of {@link
 * StoreDirectory}.
 *
 * <p>A Python program truncates a file and then writes it in place. Hence one that is damaged and
 * younger than two seconds is read again a few times before it counts as damaged. Who reads while
 * it is rewritten may also get the beginning of the old content and the end of the new, which can
 * look whole; so a young file counts only if a second look at it gives the same.
 */
final class ItemReader {
  static final Duration YOUNG = Duration.ofSeconds(2);
  static final Duration PAUSE = Duration.ofMillis(50);
  static final int ATTEMPTS = 6;

  /** So much tells whether a file is worth a word. */
  private static final int BEGINNING = 64;

  private static final int REST = 64 * 1024;
  private static final int MOST = Integer.MAX_VALUE - 64;

  private final ItemFormat format;
  private final int maxItemBytes;
  private final int maxFileBytes;
  private final DamageLog damage;
  private final Pause pause;
  private final Look look;

  ItemReader(ItemFormat format, int maxItemBytes, DamageLog damage, Pause pause) {
    this(format, maxItemBytes, damage, pause, Look.AT_DISK);
  }

  ItemReader(ItemFormat format, int maxItemBytes, DamageLog damage, Pause pause, Look look) {
    this.format = format;
    this.maxItemBytes = maxItemBytes;
    this.maxFileBytes = maxFileBytes(maxItemBytes);
    this.damage = damage;
    this.pause = pause;
    this.look = look;
  }

  /** Waits for a while. */
  @FunctionalInterface
  interface Pause {
    Pause SLEEP = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

    void pause(Duration time) throws InterruptedException;
  }

  /** Reads a file from its beginning. */
  @FunctionalInterface
  interface Look {
    Look AT_DISK =
        (file, most) -> {
          try (FileChannel channel =
                  FileChannel.open(file, StandardOpenOption.READ, NOFOLLOW_LINKS);
              InputStream in = Channels.newInputStream(channel)) {
            return in.readNBytes(most);
          }
        };

    byte[] at(Path file, int mostBytes) throws IOException;
  }

  static int maxFileBytes(int maxItemBytes) {
    return (int) Math.min(MOST, (maxItemBytes + 2L) / 3 * 4 + REST);
  }

  /** Whether there is a regular file of that name. */
  static boolean isFile(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).isRegularFile();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw Problems.notRead(file, e);
    }
  }

  /** Empty when there is no file, or a damaged one. An item that has expired is an item here. */
  Optional<StoredBob> item(Path file, BobKey key) throws IOException {
    return reported(file, of(key));
  }

  /** As {@link #item}, without waiting for a writer or a word on damage: for use under a lock. */
  Optional<StoredBob> itemAtOnce(Path file, BobKey key) throws IOException {
    return Optional.ofNullable(lookAtOnce(file, key).item());
  }

  /** Whether there is a whole item that was received, whose key has that name: at once. */
  boolean isReceived(Path file, String name) throws IOException {
    try {
      return once(
              file,
              (content, modified) -> {
                Optional<BobKey> key = BobKey.ofSafeName(name).or(() -> content.key(name));
                return key.isEmpty()
                    ? Optional.<StoredBob>empty()
                    : of(key.get()).of(content, modified);
              })
          .filter(item -> !(item.key().shelf() instanceof Shelf.Hosted))
          .isPresent();
    } catch (DamagedFileException e) {
      return false;
    }
  }

  /**
   * Why what a file has is no item, and is lost when it is replaced: at once. Null when nothing is
   * lost, or somebody may be writing it at this moment.
   */
  @Nullable DamagedFileException lossAt(Path file, BobKey key) {
    try {
      DamagedFileException damage = lookAtOnce(file, key).damage();
      boolean unfinished = damage != null && damage.kind() == Kind.PERHAPS_UNFINISHED;
      return unfinished && isYoung(file) ? null : damage;
    } catch (IOException e) {
      return DamagedFileException.because("it could not be read");
    }
  }

  /** As {@link #look}, without waiting. */
  Found lookAtOnce(Path file, BobKey key) throws IOException {
    try {
      return once(file, of(key)).map(item -> new Found(item, null)).orElse(Found.NOTHING);
    } catch (DamagedFileException e) {
      return new Found(null, e);
    }
  }

  /** As {@link #item}, without a word on damage, which it tells from absence. */
  Found look(Path file, BobKey key) throws IOException {
    try {
      return settled(file, of(key)).map(item -> new Found(item, null)).orElse(Found.NOTHING);
    } catch (DamagedFileException e) {
      return new Found(null, e);
    }
  }

  /** As {@link #item}, of a name as {@link #lookAtThatContentId} looks at. */
  Optional<StoredBob> itemOfThatContentId(Path file, BobKey key) throws IOException {
    Found found = lookAtThatContentId(file, key);
    if (found.damage() != null) {
      damage.report(file, found.damage());
    }
    return Optional.ofNullable(found.item());
  }

  /**
   * As {@link #look}, of a name that items with other content-ids may have, and foreign files:
   * these are nothing.
   */
  Found lookAtThatContentId(Path file, BobKey key) throws IOException {
    Use<StoredBob> item = of(key);
    try {
      return settled(
              file,
              (content, modified) ->
                  content.bob().cid().equals(key.cid())
                      ? item.of(content, modified)
                      : Optional.<StoredBob>empty())
          .map(found -> new Found(found, null))
          .orElse(Found.NOTHING);
    } catch (DamagedFileException e) {
      return e.kind() == Kind.FOREIGN ? Found.NOTHING : new Found(null, e);
    }
  }

  /** The key that a file of that name has; empty when there is none, or a damaged one. */
  Optional<BobKey> key(Path file, String name) throws IOException {
    return reported(
        file,
        (content, modified) -> {
          Optional<BobKey> key = content.key(name);
          if (key.isEmpty()) {
            throw DamagedFileException.because("it holds another key than its name says");
          }
          return key;
        });
  }

  private Use<StoredBob> of(BobKey key) {
    return (content, modified) -> Optional.of(content.item(key, modified, maxItemBytes));
  }

  /** What is made of a file's content. */
  @FunctionalInterface
  private interface Use<T> {
    Optional<T> of(ItemFile content, Instant modified) throws DamagedFileException;
  }

  private <T> Optional<T> reported(Path file, Use<T> use) throws IOException {
    try {
      return settled(file, use);
    } catch (DamagedFileException e) {
      damage.report(file, e);
      return Optional.empty();
    }
  }

  private <T> Optional<T> settled(Path file, Use<T> use) throws IOException, DamagedFileException {
    for (int attempt = 1; true; attempt++) {
      try {
        return once(file, use);
      } catch (DamagedFileException e) {
        if (attempt == ATTEMPTS || e.kind() != Kind.PERHAPS_UNFINISHED || !isYoung(file)) {
          throw e;
        }
      }
      pause(file);
    }
  }

  private <T> Optional<T> once(Path file, Use<T> use) throws IOException, DamagedFileException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      Instant modified = attributes.lastModifiedTime().toInstant();
      return use.of(format.decode(bytes(file, attributes)), modified);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Problems.notRead(file, e);
    }
  }

  private byte[] bytes(Path file, BasicFileAttributes attributes)
      throws IOException, DamagedFileException {
    if (!attributes.isRegularFile()) {
      throw DamagedFileException.foreign("it is no regular file");
    }
    if (attributes.size() > maxFileBytes) {
      throw tooLarge(look.at(file, BEGINNING));
    }
    byte[] bytes = content(file);
    if (isYoung(file) && !Arrays.equals(bytes, content(file))) {
      throw DamagedFileException.perhapsUnfinished("it was written while it was read");
    }
    return bytes;
  }

  private byte[] content(Path file) throws IOException, DamagedFileException {
    byte[] bytes = look.at(file, maxFileBytes + 1);
    if (bytes.length > maxFileBytes) {
      throw tooLarge(bytes);
    }
    return bytes;
  }

  private DamagedFileException tooLarge(byte[] beginning) {
    String reason = "it is larger than " + maxFileBytes + " bytes";
    return ItemFormat.isForeign(beginning)
        ? DamagedFileException.foreign(reason)
        : DamagedFileException.tooLarge(reason);
  }

  private static boolean isYoung(Path file) {
    try {
      Instant modified = Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant();
      return MachineClock.distance(modified).compareTo(YOUNG) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void pause(Path file) throws IOException {
    try {
      pause.pause(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problems.notRead(file, e);
    }
  }
}
