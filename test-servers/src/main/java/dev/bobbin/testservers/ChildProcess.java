package dev.bobbin.testservers;

import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that we started, with all that it says in a file.
 *
 * <p>Only this very process and its descendants are ever ended, by their handles: never one that
 * was found by name or number. Its standard input is a pipe that stays open for as long as we live,
 * whatever ends us; a server that watches for its end cannot outlive the tests.
 */
final class ChildProcess implements AutoCloseable {
  private static final long POLL_MILLIS = 20;
  private static final long TERMINATE_SECONDS = 5;
  private static final long LEFT_BEHIND_SECONDS = 1;

  private final String program;
  private final Process process;
  private final LogFile log;

  private ChildProcess(String program, Process process, LogFile log) {
    this.program = program;
    this.process = process;
    this.log = log;
  }

  static ChildProcess start(List<String> command, Path log) throws IOException {
    return start(new ProcessBuilder(command), log);
  }

  /** Starts a command whose folder and environment are said already. */
  static ChildProcess start(ProcessBuilder command, Path log) throws IOException {
    Process process =
        command
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .start();
    return new ChildProcess(command.command().get(0), process, new LogFile(log));
  }

  /** Runs a command to its end, which must be a good one and come in time. */
  static void run(ProcessBuilder command, Path log, Duration timeout) throws IOException {
    try (ChildProcess child = start(command, log)) {
      child.process.getOutputStream().close();
      if (!child.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw child.failure("took more than " + timeout.toSeconds() + " s", null);
      }
      if (child.process.exitValue() != 0) {
        throw child.failure("ended with status " + child.process.exitValue(), null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new XmppException("Interrupted while '" + command.command().get(0) + "' ran", e);
    }
  }

  /**
   * Waits until the log says one of two things, and ends the process unless it was the good one.
   *
   * @return this process, or null when the log says the bad thing
   * @throws XmppException when the process ends, or says neither in time
   */
  @Nullable ChildProcess orNullUnlessReady(String good, String bad, Duration timeout)
      throws IOException {
    try {
      if (awaitLog(good, bad, timeout)) {
        return this;
      }
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
    close();
    return null;
  }

  /**
   * Waits until the log says one of two things.
   *
   * @return whether it was the good one
   * @throws XmppException when the process ends, or says neither in time
   */
  private boolean awaitLog(String good, String bad, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (true) {
        boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        String said = log.text();
        if (said.contains(bad)) {
          return false;
        }
        if (ended) {
          throw failure("ended with status " + process.exitValue(), null);
        }
        if (said.contains(good)) {
          return true;
        }
        if (System.nanoTime() - deadline > 0) {
          throw failure(
              "was not ready after " + timeout.toSeconds() + " s (is the machine too busy?)", null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was starting when the test was interrupted", e);
    }
  }

  XmppException failure(String what, @Nullable Throwable cause) {
    return new XmppException(
        "'" + program + "' " + what + "; the end of its log:\n" + log.tail(), cause);
  }

  LogFile log() {
    return log;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Closes its standard input, as the end of this JVM would. */
  void endPipe() throws IOException {
    process.getOutputStream().close();
  }

  /** Ends it and what it started without a chance to say good-bye, and waits for that. */
  void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.toHandle().destroyForcibly();
    awaitEnd();
    end(descendants);
  }

  /**
   * Asks it to end, and after some seconds makes it. What it started has a second more. Idempotent.
   */
  @Override
  public void close() {
    // Whose they are is only known while it lives.
    List<ProcessHandle> descendants = process.descendants().toList();
    // By the handle: Process.destroy also closes its input, which may end it less gently.
    process.toHandle().destroy();
    if (!awaitEnd()) {
      process.toHandle().destroyForcibly();
      awaitEnd();
    }
    if (!awaitEnd(descendants, LEFT_BEHIND_SECONDS)) {
      end(descendants);
    }
    process.destroyForcibly();
  }

  private boolean awaitEnd() {
    try {
      return process.waitFor(TERMINATE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.toHandle().destroyForcibly();
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(processes, TERMINATE_SECONDS);
  }

  /** Waits for all; not by onExit, which takes its time where a process is not our own child. */
  static boolean awaitEnd(List<ProcessHandle> processes, long seconds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (!processes.stream().allMatch(ChildProcess::hasEnded)) {
        if (System.nanoTime() - deadline > 0) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * One that has ended and whose end nobody takes note of, as in a container without an init, is
   * still listed, but has no program any more.
   */
  static boolean hasEnded(ProcessHandle process) {
    return !process.isAlive() || process.info().command().isEmpty();
  }
}
