package dev.bobbin.store.jsonfile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Takes back a change that the disk has not confirmed, and makes the error that says what is there
 * now. A step of it that fails too does not keep the others from being tried. What another process
 * has put or removed since is acknowledged, and so it stays. For one use.
 */
final class Undo {
  private final Path directory;
  private final FileOperations files;
  private final Lock renaming;
  private final List<Exception> problems = new ArrayList<>();

  Undo(Path directory, FileOperations files, Lock renaming) {
    this.directory = directory;
    this.files = files;
    this.renaming = renaming;
  }

  /**
   * A file was renamed into place.
   *
   * @param content what it holds
   * @param old the second name of the file that was there before; null when there was none
   */
  IOException replaced(Path target, byte[] content, @Nullable Path old, Exception cause) {
    boolean interrupted = Thread.interrupted();
    try {
      return withProblems(Problems.notWritten(target, restore(target, content, old), cause));
    } finally {
      keep(interrupted);
    }
  }

  private String restore(Path target, byte[] content, @Nullable Path old) {
    if (!holds(target, content)) {
      if (old != null) {
        attempt(() -> files.delete(old));
      }
      return Problems.SUPERSEDED;
    }
    if (!attempt(() -> putBefore(target, old))) {
      return old != null && Files.exists(old, NOFOLLOW_LINKS)
          ? Problems.staysWithOld(old)
          : Problems.STAYS;
    }
    return confirmed();
  }

  private void putBefore(Path target, @Nullable Path old) throws IOException {
    if (old == null) {
      files.delete(target);
      return;
    }
    rename(() -> files.rename(old, target));
  }

  private void rename(Step step) throws IOException {
    renaming.lock();
    try {
      step.run();
    } finally {
      renaming.unlock();
    }
  }

  /** Whether the file is still the one that we have put. */
  private static boolean holds(Path file, byte[] content) {
    try {
      BasicFileAttributes there =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return there.isRegularFile()
          && there.size() == content.length
          && Arrays.equals(Files.readAllBytes(file), content);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      // The disk is failing: nobody else can have written more luckily than we.
      return true;
    }
  }

  /** A file was renamed from its place to a hidden name. */
  IOException removed(Path target, Path aside, Exception cause) {
    boolean interrupted = Thread.interrupted();
    try {
      return withProblems(Problems.notRemoved(target, restore(target, aside), cause));
    } finally {
      keep(interrupted);
    }
  }

  private String restore(Path target, Path aside) {
    String left;
    try {
      rename(() -> files.renameIfFree(aside, target));
      left = confirmed();
    } catch (FileAlreadyExistsException e) {
      left = Problems.SUPERSEDED;
    } catch (NoSuchFileException e) {
      return Files.exists(target, NOFOLLOW_LINKS) ? Problems.SUPERSEDED : Problems.GONE;
    } catch (IOException | RuntimeException e) {
      problems.add(e);
      return Problems.hidden(aside);
    }
    attempt(() -> files.delete(aside));
    return left;
  }

  private String confirmed() {
    return attempt(() -> files.forceDirectory(directory))
        ? Problems.UNTOUCHED
        : Problems.UNCONFIRMED;
  }

  /** A step that undoes something. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private boolean attempt(Step step) {
    try {
      step.run();
      return true;
    } catch (IOException | RuntimeException e) {
      problems.add(e);
      return false;
    }
  }

  private IOException withProblems(IOException problem) {
    problems.forEach(problem::addSuppressed);
    return problem;
  }

  /** An interrupt would close each channel that the undoing opens; it is kept for afterwards. */
  private static void keep(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
