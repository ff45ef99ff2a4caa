package dev.bobbin.crash;

import java.nio.charset.StandardCharsets;

/**
 * What a writer says, one a line. A line is one write to a pipe of fewer bytes than the system
 * tears apart, so that of a writer that is killed each line came whole or not at all, and the order
 * of lines is the order of what they tell.
 */
sealed interface Report {
  /** It has warmed up, and waits to be told to begin. */
  record Ready() implements Report {}

  /**
   * It is about to change a key.
   *
   * @param number of the change, no two of which are the same
   * @param key index of the key
   * @param put whether something is put, with a condition or without; deleted otherwise
   * @param expires when that expires, in milliseconds since 1970; 0 for never
   * @param expected the number of the change whose item must be there, or {@link #ANY}, or {@link
   *     #NOTHING}
   * @param reads how many items it has read since the last report, each of them whole
   */
  record Begun(long number, int key, boolean put, long expires, long expected, int reads)
      implements Report {
    /** There is no condition. */
    static final long ANY = -1;

    /** There must be no item. */
    static final long NOTHING = -2;
  }

  /** The store has acknowledged the change of that number. */
  record Acknowledged(long number) implements Report {}

  /** The change of that number was not made and will not be: its condition did not hold. */
  record Refused(long number) implements Report {}

  /** The change of that number was not made and will not be: there was no room. */
  record Full(long number) implements Report {}

  /** Something went wrong. */
  record Failed(String text) implements Report {}

  /** The line, with its end. */
  default byte[] line() {
    String text;
    if (this instanceof Begun begun) {
      text =
          "begun %d %d %b %d %d %d"
              .formatted(
                  begun.number, begun.key, begun.put, begun.expires, begun.expected, begun.reads);
    } else if (this instanceof Acknowledged acknowledged) {
      text = "acknowledged " + acknowledged.number;
    } else if (this instanceof Refused refused) {
      text = "refused " + refused.number;
    } else if (this instanceof Full full) {
      text = "full " + full.number;
    } else if (this instanceof Failed failed) {
      text = "failed " + failed.text.replaceAll("\\R", " ");
    } else {
      text = "ready";
    }
    int most = Math.min(text.length(), 1_000);
    return (text.substring(0, most) + '\n').getBytes(StandardCharsets.UTF_8);
  }

  static Report parse(String line) {
    String[] words = line.split(" ", -1);
    return switch (words[0]) {
      case "ready" -> new Ready();
      case "begun" ->
          new Begun(
              Long.parseLong(words[1]),
              Integer.parseInt(words[2]),
              Boolean.parseBoolean(words[3]),
              Long.parseLong(words[4]),
              Long.parseLong(words[5]),
              Integer.parseInt(words[6]));
      case "acknowledged" -> new Acknowledged(Long.parseLong(words[1]));
      case "refused" -> new Refused(Long.parseLong(words[1]));
      case "full" -> new Full(Long.parseLong(words[1]));
      default -> new Failed(line);
    };
  }
}
