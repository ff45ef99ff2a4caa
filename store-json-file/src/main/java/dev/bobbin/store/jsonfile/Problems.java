package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The messages of what can go wrong with a file. */
final class Problems {
  static final String UNTOUCHED = "What was there before is untouched";
  static final String UNCONFIRMED =
      "What was there before is there again, but the disk has not confirmed that";
  static final String SUPERSEDED =
      "Another program has put or removed it meanwhile, and that has stayed";
  static final String STAYS = "The new item could not be taken back, and the disk may lose it";
  static final String GONE = "What was there before is gone: its hidden file was removed meanwhile";

  private Problems() {}

  static IOException notWritten(Path file, String left, Exception cause) {
    if (isInterrupt(cause)) {
      return interrupted("writing " + file + ". " + left + ". Put the item again", cause);
    }
    return new IOException(
        "Could not write "
            + file
            + ": "
            + reason(cause)
            + ". "
            + left
            + ". Mend or free the disk, then put the item again (docs/errors.md#store-write)",
        cause);
  }

  static IOException notRemoved(Path file, String left, Exception cause) {
    if (isInterrupt(cause)) {
      return interrupted("removing " + file + ". " + left + ". Delete the item again", cause);
    }
    return new IOException(
        "Could not remove "
            + file
            + ": "
            + reason(cause)
            + ". "
            + left
            + ". Mend the disk, then delete the item again (docs/errors.md#store-write)",
        cause);
  }

  static String staysWithOld(Path old) {
    return STAYS + "; what was there before is in " + old + ", for an hour at least";
  }

  static String hidden(Path aside) {
    return "It could not be put back either, and is in " + aside + ", for an hour at least";
  }

  static IOException notPutBack(Path file, Path held, Exception cause) {
    return new NotPutBackException(
        "Could not put back "
            + file
            + ", which was looked at as "
            + held
            + ": "
            + reason(cause)
            + ". Mend the disk and open the store again, which puts it back"
            + " (docs/errors.md#store-write)",
        cause);
  }

  static IOException gone(Path file) {
    return new NotPutBackException(
        "Could not put back "
            + file
            + ", which was looked at: its hidden file was removed meanwhile. Put the item again"
            + " (docs/errors.md#store-write)",
        null);
  }

  static IOException notRead(Path file, Exception cause) {
    if (isInterrupt(cause)) {
      return interrupted("reading " + file + ". Read it again", cause);
    }
    return new IOException(
        "Could not read "
            + file
            + ": "
            + reason(cause)
            + ". Check its owner and the disk (docs/errors.md#store-read)",
        cause);
  }

  /**
   * A step of opening a store failed.
   *
   * @param what such as "make the directory /srv/bob"
   * @param mend what to do about it, as a sentence without its full stop
   */
  static IOException notOpened(String what, String mend, Exception cause) {
    if (isInterrupt(cause)) {
      return interrupted(
          "opening a store, when it was to " + what + ". Open the store again", cause);
    }
    return new IOException(
        "Could not "
            + what
            + ": "
            + reason(cause)
            + ". "
            + mend
            + " (docs/errors.md#store-directory)",
        cause);
  }

  private static boolean isInterrupt(Exception cause) {
    return cause instanceof ClosedByInterruptException
        || cause instanceof InterruptedIOException
        || cause instanceof InterruptedException;
  }

  private static IOException interrupted(String rest, Exception cause) {
    IOException problem =
        new InterruptedIOException(
            "The thread was interrupted while " + rest + " (docs/errors.md#store-interrupted)");
    problem.initCause(cause);
    return problem;
  }

  static String reason(Exception cause) {
    if (cause instanceof AccessDeniedException) {
      return "access denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file";
    }
    String text =
        cause instanceof FileSystemException problem ? problem.getReason() : cause.getMessage();
    return text == null ? cause.getClass().getSimpleName() : text;
  }
}
