package dev.bobbin.crash;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that shares a directory, in Java or Python, seen from its parent. It is killed once it
 * takes too long, which ends the reading of what it says.
 */
final class SharerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  private SharerProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader();
    this.commands = process.outputWriter();
  }

  /**
   * Starts one.
   *
   * @param longest after which it is killed
   * @param errors a file to which it appends what it finds wrong
   */
  static SharerProcess start(List<String> command, Duration longest, Path errors)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    process
        .onExit()
        .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((ended, late) -> process.toHandle().destroyForcibly());
    return new SharerProcess(process);
  }

  BufferedWriter commands() {
    return commands;
  }

  void awaitReady() throws IOException {
    require("ready".equals(answers.readLine()));
  }

  void go() throws IOException {
    commands.write("go\n");
    commands.flush();
  }

  /** Has a Python program end; one of Java ends by itself. */
  void stop() throws IOException {
    commands.close();
  }

  /** Waits until it has said what it has counted. */
  Tally tally() throws IOException {
    String line = answers.readLine();
    require(line != null);
    return Tally.parse(line);
  }

  private void require(boolean good) throws IOException {
    if (!good) {
      throw new IOException("a process that shares the directory has failed; see sharers.log");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
