package dev.bobbin.xmpp.bob.copy;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A copy ended before its end: a store cannot be listed, too many items in a row have failed, or
 * the thread was interrupted. What was copied until then stays; its cause is what the store threw
 * last, and an {@link java.io.InterruptedIOException} after an interrupt. Cannot be serialised.
 */
public final class CopyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient CopyReport report;

  CopyException(String message, @Nullable Throwable cause, CopyReport report) {
    super(message, cause);
    this.report = Objects.requireNonNull(report, "report");
  }

  /**
   * What was done until then.
   *
   * @return the report, with the cursor of the page in whose midst it ended; without one in the
   *     first page, and in the second look
   */
  public CopyReport report() {
    return report;
  }

  /**
   * Refuses: without its report it would say too little, and the keys in there cannot be written.
   *
   * @param out is not written to
   * @throws NotSerializableException always
   */
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(CopyReport.class.getName());
  }
}
