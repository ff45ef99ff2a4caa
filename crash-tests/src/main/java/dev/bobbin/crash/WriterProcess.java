package dev.bobbin.crash;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A {@link WriterProgram} in a JVM of its own, seen from its parent. A thread reads what it says,
 * to the last line that it wrote before it was killed, and hands each report on.
 */
final class WriterProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;
  private static final int MANY = 1_000_000;

  private final Process process;
  private final BufferedWriter commands;
  private final Consumer<Report> reports;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Semaphore acknowledged = new Semaphore(0);
  private final CountDownLatch silent = new CountDownLatch(1);

  private WriterProcess(Process process, Consumer<Report> reports) {
    this.process = process;
    this.commands = process.outputWriter();
    this.reports = reports;
  }

  /**
   * Starts one, which warms up meanwhile.
   *
   * @param errors a file to which it appends what it prints
   * @param reports called by a thread of its own, with what comes once it was told to begin
   */
  static WriterProcess start(
      ShortLivedJvm jvm, StoreSource source, Path errors, Consumer<Report> reports)
      throws IOException {
    Process process =
        new ProcessBuilder(jvm.command(WriterProgram.class, List.of()))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    WriterProcess writer = new WriterProcess(process, reports);
    try {
      Thread listener = new Thread(writer::listen, "crash-listener");
      listener.setDaemon(true);
      listener.start();
      source.send(writer.commands);
      return writer;
    } catch (IOException | RuntimeException | Error e) {
      writer.close();
      throw e;
    }
  }

  private void listen() {
    try (BufferedReader in = process.inputReader()) {
      String line = in.readLine();
      while (line != null) {
        Report report = Report.parse(line);
        if (report instanceof Report.Ready) {
          ready.countDown();
        } else {
          reports.accept(report);
        }
        if (report instanceof Report.Acknowledged) {
          acknowledged.release();
        }
        line = in.readLine();
      }
    } catch (IOException | RuntimeException e) {
      reports.accept(new Report.Failed("what a writer says cannot be read: " + e));
    } finally {
      // Whoever waits for it to go on must see that it does not.
      ready.countDown();
      acknowledged.release(MANY);
      silent.countDown();
    }
  }

  void awaitReady() throws IOException, InterruptedException {
    await(ready, "to warm up");
  }

  /** Has it begin. */
  void go(long seed, long first) throws IOException {
    commands.write(seed + " " + first + '\n');
    commands.flush();
  }

  /** Returns when that many of its changes were acknowledged, or when it has ended before. */
  void awaitAcknowledged(int changes) throws IOException, InterruptedException {
    if (!acknowledged.tryAcquire(changes, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw late("to make " + changes + " changes");
    }
  }

  /** Kills it, and returns once all that it has said was handed on. */
  void kill() throws IOException, InterruptedException {
    // Unlike the process itself, its handle leaves what was written before to be read.
    process.toHandle().destroyForcibly();
    await(silent, "to be killed");
  }

  /** Whether it has ended already, which it must not do by itself. */
  boolean hasEnded() {
    return !process.isAlive();
  }

  private static void await(CountDownLatch latch, String what)
      throws IOException, InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw late(what);
    }
  }

  private static IOException late(String what) {
    return new IOException("a writer needs more than " + PATIENCE_SECONDS + " s " + what);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
