package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Another process that has the store open; {@link StoreChild} is what runs in it. It is killed when
 * it does not answer in time, and ends by itself should this process end first.
 *
 * <p>For one thread. Each method that talks to it throws {@link AssertionError} when it fails.
 */
final class ChildStore implements AutoCloseable {
  private static final int MOST_ERRORS = 4_000;

  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;
  private final Path errors;
  private final Duration patience;

  private ChildStore(Process process, Path errors, Duration patience) {
    this.process = process;
    this.commands = process.outputWriter();
    this.answers = process.inputReader();
    this.errors = errors;
    this.patience = patience;
  }

  /** Starts it and waits until it has opened the store. */
  static ChildStore open(
      BobStoreProvider provider, Map<String, String> settings, Path errors, Duration patience)
      throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            ChildClassPath.of(provider.getClass()),
            StoreChild.class.getName());
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    ChildStore child = new ChildStore(process, errors, patience);
    try {
      child.send(provider.getClass().getName());
      for (Map.Entry<String, String> each : settings.entrySet()) {
        byte[] value = each.getValue().getBytes(StandardCharsets.UTF_8);
        child.send(each.getKey() + ' ' + Base64.getEncoder().encodeToString(value));
      }
      child.send("");
      child.expect("open");
      return child;
    } catch (IOException | RuntimeException | Error e) {
      child.close();
      throw e;
    }
  }

  /** Sends a command whose answer is read later on. */
  void send(String command) throws IOException {
    commands.write(command);
    commands.newLine();
    commands.flush();
  }

  /** Sends a command and gives its answer. */
  String ask(String command) throws IOException {
    send(command);
    return answer();
  }

  void expect(String expected) throws IOException {
    String answer = answer();
    if (!answer.equals(expected)) {
      throw failed("answered '" + answer + "', not '" + expected + "'");
    }
  }

  private String answer() throws IOException {
    String line = line();
    if (line == null || line.startsWith("failed ")) {
      throw failed(line == null ? "ended" : line);
    }
    return line;
  }

  /** Null when it has ended. */
  private @Nullable String line() throws IOException {
    Watch watch = new Watch();
    watch.start();
    String line = answers.readLine();
    if (watch.end()) {
      throw failed("did not answer within " + patience.toSeconds() + " s and was killed");
    }
    return line;
  }

  /** Kills the process when it takes too long, which ends the reading of its answer. */
  private final class Watch extends Thread {
    private boolean ended;
    private boolean killed;

    Watch() {
      super("store-contract-watch");
      setDaemon(true);
    }

    @Override
    public synchronized void run() {
      long end = System.nanoTime() + patience.toNanos();
      try {
        while (!ended) {
          long left = end - System.nanoTime();
          if (left <= 0) {
            killed = true;
            process.toHandle().destroyForcibly();
            return;
          }
          TimeUnit.NANOSECONDS.timedWait(this, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Whether it has killed the process. */
    synchronized boolean end() {
      ended = true;
      notifyAll();
      return killed;
    }
  }

  /**
   * Kills it a while after it has written so many lines, or sees it end before.
   *
   * @return all lines that it has written
   */
  List<String> killAfter(int lines, Duration delay) throws IOException, InterruptedException {
    List<String> written = new ArrayList<>();
    @Nullable String line = line();
    while (line != null) {
      written.add(line);
      if (written.size() == lines) {
        process.waitFor(delay.toNanos(), TimeUnit.NANOSECONDS);
        // Unlike the process itself, its handle leaves what was written before to be read.
        process.toHandle().destroyForcibly();
      }
      line = line();
    }
    return written;
  }

  /** Fails when it has ended by itself before. */
  void requireWritten(List<String> written, int lines) throws IOException {
    if (written.size() < lines) {
      throw failed("ended after " + written);
    }
  }

  private AssertionError failed(String what) throws IOException {
    String text = Files.readString(errors);
    String cut = text.length() > MOST_ERRORS ? text.substring(0, MOST_ERRORS) + "..." : text;
    return new AssertionError("The other process " + what + "\n" + cut);
  }

  /** Has it close its store and end, and kills it if it does not. */
  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed("does not end after its store was closed");
      }
    } catch (IOException e) {
      // It has ended before.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
