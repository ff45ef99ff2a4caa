package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads the bytes of a stream ahead of the parser, just far enough to know where each first-level
 * element ends and to refuse what must not reach a parser.
 *
 * <p>The parser tells nothing before a tag is complete, and lets some things pass that XML or RFC
 * 6120 section 11.1 forbid. So the size, depth and attributes of an element, comments, processing
 * instructions, DTDs, entity references and {@code ]]>} in text are judged here. Everything else
 * about being well-formed is the parser's; where the two disagree about the end of an element,
 * {@link StreamReader} ends the stream. For use by one thread.
 */
final class StreamFramer {
  private static final Set<String> ENTITIES = Set.of("amp", "lt", "gt", "apos", "quot");
  private static final byte[] CDATA_START = "[CDATA[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DECLARATION = "?xml".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_REFERENCE = 10;

  private enum State {
    TEXT,
    TAG_BEGUN,
    DECLARATION,
    START_TAG,
    START_TAG_SLASH,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    END_TAG,
    CDATA_BEGUN,
    CDATA
  }

  private final StreamLimits limits;
  private final Utf8Check utf8 = new Utf8Check();
  private final StringBuilder reference = new StringBuilder(MAX_REFERENCE);
  private State state = State.TEXT;
  private boolean inReference;
  private boolean begun;
  private int matched;
  private int brackets;
  private boolean question;
  private int depth;
  private int attributes;
  private int bytes;
  private int scanned;
  private boolean ended;

  StreamFramer(StreamLimits limits) {
    this.limits = limits;
  }

  /** How many elements are open, the stream element included. */
  int depth() {
    return depth;
  }

  /**
   * Reads on until an element of the first level, the stream header or the stream itself ends.
   *
   * @return how many bytes were read; fewer than {@code length} only where something ended
   * @throws StreamViolation at the first byte that may not be; {@link #scanned} tells which
   */
  int scan(byte[] buffer, int offset, int length) throws StreamViolation {
    ended = false;
    for (scanned = 0; scanned < length; scanned++) {
      if (scan(buffer[offset + scanned])) {
        bytes = 0;
        ended = true;
        return scanned + 1;
      }
    }
    return length;
  }

  /** Whether the last {@link #scan} stopped where something ended. */
  boolean ended() {
    return ended;
  }

  /** How many bytes of a character that is not complete were the last of those scanned. */
  int incomplete() {
    return utf8.begun();
  }

  /** How many bytes the last {@link #scan} took before the one that it refused. */
  int scanned() {
    return scanned;
  }

  /** Reads one byte and tells whether something ended with it. */
  private boolean scan(byte b) throws StreamViolation {
    if (!(depth == 1 && state == State.TEXT && isSpace(b)) && ++bytes > limits.maxStanzaBytes()) {
      throw policy("an element has more than " + limits.maxStanzaBytes() + " bytes");
    }
    utf8.accept(b);
    if (inReference) {
      readReference(b);
      return false;
    }
    switch (state) {
      case TEXT -> readText(b);
      case TAG_BEGUN -> readTagBegun(b);
      case DECLARATION -> readDeclaration(b);
      case START_TAG, START_TAG_SLASH -> {
        return readStartTag(b);
      }
      case SINGLE_QUOTED -> readQuoted(b, '\'');
      case DOUBLE_QUOTED -> readQuoted(b, '"');
      case END_TAG -> {
        if (b == '>') {
          return endTagEnds();
        }
      }
      case CDATA_BEGUN -> {
        if (b != CDATA_START[matched]) {
          throw restricted("a comment or a document type declaration");
        }
        matched++;
        if (matched == CDATA_START.length) {
          state = State.CDATA;
          brackets = 0;
        }
      }
      case CDATA -> {
        if (b == '>' && brackets >= 2) {
          state = State.TEXT;
          brackets = 0;
        } else {
          brackets = b == ']' ? brackets + 1 : 0;
        }
      }
    }
    return false;
  }

  private void readText(byte b) throws StreamViolation {
    if (b == '<') {
      state = State.TAG_BEGUN;
      return;
    }
    if (depth < 2 && !isSpace(b)) {
      throw new StreamViolation(
          depth == 0 ? Condition.NOT_WELL_FORMED : Condition.BAD_FORMAT, "text between elements");
    }
    begun = true;
    if (b == '&') {
      beginReference();
    } else if (b == '>' && brackets >= 2) {
      throw new StreamViolation(Condition.NOT_WELL_FORMED, "']]>' in text");
    }
    brackets = b == ']' ? brackets + 1 : 0;
  }

  private void readTagBegun(byte b) throws StreamViolation {
    brackets = 0;
    if (b == '!') {
      if (depth < 2) {
        throw restricted("a comment or a document type declaration");
      }
      state = State.CDATA_BEGUN;
      matched = 0;
    } else if (b == '?') {
      if (begun) {
        throw restricted("a processing instruction");
      }
      state = State.DECLARATION;
      matched = 1;
    } else if (b == '/') {
      state = State.END_TAG;
    } else {
      state = State.START_TAG;
    }
    begun = true;
  }

  private void readDeclaration(byte b) throws StreamViolation {
    if (matched < DECLARATION.length) {
      if (b != DECLARATION[matched]) {
        throw restricted("a processing instruction");
      }
      matched++;
      return;
    }
    if (matched == DECLARATION.length) {
      if (!isSpace(b)) {
        throw restricted("a processing instruction");
      }
      matched++;
    }
    if (b == '>' && question) {
      state = State.TEXT;
    }
    question = b == '?';
  }

  private boolean readStartTag(byte b) throws StreamViolation {
    boolean slash = state == State.START_TAG_SLASH;
    state = State.START_TAG;
    if (b == '>') {
      state = State.TEXT;
      attributes = 0;
      if (depth > limits.maxDepth()) {
        throw policy("elements nest deeper than " + limits.maxDepth());
      }
      if (slash && depth == 0) {
        throw new StreamViolation(Condition.BAD_FORMAT, "the stream ends in its own header");
      }
      if (!slash) {
        depth++;
      }
      return depth == 1;
    }
    if (b == '/') {
      state = State.START_TAG_SLASH;
    } else if (b == '\'' || b == '"') {
      state = b == '"' ? State.DOUBLE_QUOTED : State.SINGLE_QUOTED;
      attributes++;
      if (attributes > limits.maxAttributes()) {
        throw policy("an element has more than " + limits.maxAttributes() + " attributes");
      }
    }
    return false;
  }

  private void readQuoted(byte b, char quote) {
    if (b == quote) {
      state = State.START_TAG;
    } else if (b == '&') {
      beginReference();
    }
  }

  private boolean endTagEnds() throws StreamViolation {
    if (depth == 0) {
      throw new StreamViolation(Condition.NOT_WELL_FORMED, "an end tag without its start tag");
    }
    state = State.TEXT;
    depth--;
    return depth <= 1;
  }

  private void beginReference() {
    inReference = true;
    reference.setLength(0);
  }

  private void readReference(byte b) throws StreamViolation {
    if (b != ';') {
      reference.append((char) (b & 0xFF));
      if (reference.length() > MAX_REFERENCE) {
        throw restricted("an entity reference");
      }
      return;
    }
    inReference = false;
    String name = reference.toString();
    if (!name.startsWith("#") && !ENTITIES.contains(name)) {
      throw restricted("an entity reference");
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static StreamViolation restricted(String what) {
    return new StreamViolation(Condition.RESTRICTED_XML, what);
  }

  private static StreamViolation policy(String what) {
    return new StreamViolation(Condition.POLICY_VIOLATION, what);
  }
}
