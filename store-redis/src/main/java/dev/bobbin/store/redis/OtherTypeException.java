package dev.bobbin.store.redis;

import java.io.IOException;

/** A key has a value that no item can be: a list, say, which somebody else has made. */
final class OtherTypeException extends IOException {
  private static final long serialVersionUID = 1L;

  OtherTypeException(IOException problem) {
    super(problem.getMessage());
  }
}
