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
  private static final String UNTOUCHED = ". What was there before is untouched. ";

  private Problems() {}

  static IOException notWritten(Path file, Exception cause) {
    if (cause instanceof ClosedByInterruptException) {
      return interrupted("writing " + file + UNTOUCHED + "Put the item again", cause);
    }
    return new IOException(
        "Could not write "
            + file
            + ": "
            + reason(cause)
            + UNTOUCHED
            + "Mend or free the disk, then put the item again (docs/errors.md#store-write)",
        cause);
  }

  static IOException notRemoved(Path file, Exception cause) {
    if (cause instanceof ClosedByInterruptException) {
      return interrupted("removing " + file + UNTOUCHED + "Delete the item again", cause);
    }
    return new IOException(
        "Could not remove "
            + file
            + ": "
            + reason(cause)
            + UNTOUCHED
            + "Mend the disk, then delete the item again (docs/errors.md#store-write)",
        cause);
  }

  static IOException notRead(Path file, Exception cause) {
    if (cause instanceof ClosedByInterruptException || cause instanceof InterruptedException) {
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
