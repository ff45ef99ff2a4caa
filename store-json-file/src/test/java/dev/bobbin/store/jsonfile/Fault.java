package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** How a call of the file system can fail, in the JDK's words on Linux. */
enum Fault {
  NO_SPACE("No space left on device"),
  IO_ERROR("Input/output error"),
  ACCESS_DENIED("Permission denied") {
    @Override
    void strike(Path path) throws IOException {
      throw path == null ? new IOException(reason) : new AccessDeniedException(path.toString());
    }
  },
  TOO_MANY_OPEN_FILES("Too many open files"),
  /** The call itself goes on: a channel notices, a path does not. */
  INTERRUPT("interrupted") {
    @Override
    void strike(Path path) {
      Thread.currentThread().interrupt();
    }
  };

  final String reason;

  Fault(String reason) {
    this.reason = reason;
  }

  /**
   * Fails.
   *
   * @param path null where a channel is at work, whose errors name none
   */
  void strike(Path path) throws IOException {
    throw path == null
        ? new IOException(reason)
        : new FileSystemException(path.toString(), null, reason);
  }
}
