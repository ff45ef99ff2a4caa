package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads the characters of a stream one by one, by the part of XML 1.0 that RFC 6120 section 11
 * leaves, and hands tags and text to an {@link ElementAssembler}. For use by one thread.
 *
 * <p>Each character is judged when it comes, by the state that those before it left behind, and
 * never looked at again. So time is in proportion to the input, what is said of a stream cannot
 * depend on how it was cut into reads, and the first fault is the one that counts. The XML
 * declaration is the exception: it is judged as a whole, at its end, and until then only a
 * character that cannot stand in XML at all is found out.
 *
 * <p>What an element needs does not outlive it, but for a little room in buffers ({@link
 * CharacterBuffer}): there is no table of names.
 */
final class XmlTokenizer {
  private static final String CDATA_START = "[CDATA[";
  private static final QualifiedName NONE = new QualifiedName("", "");

  /** The first byte of what a server for direct TLS says to whom speaks without. */
  private static final int TLS_ALERT = 0x15;

  private static final int TLS_HANDSHAKE = 0x16;

  private enum State {
    BEGIN,
    TEXT,
    TAG_BEGUN,
    INSTRUCTION,
    DECLARATION,
    MARKUP,
    COMMENT_BEGUN,
    CDATA_BEGUN,
    CDATA,
    ELEMENT_NAME,
    IN_TAG,
    EMPTY_TAG,
    ATTRIBUTE_NAME,
    EQUALS,
    QUOTE,
    VALUE,
    END_TAG
  }

  private final StreamLimits limits;
  private final ElementAssembler elements;
  private final Deque<String> open = new ArrayDeque<>();
  private final QualifiedName.Reader name = new QualifiedName.Reader();
  private final Reference reference = new Reference();
  private final CharacterBuffer text = new CharacterBuffer();
  private State state = State.BEGIN;
  private QualifiedName element = NONE;
  private QualifiedName attribute = NONE;
  private boolean afterCarriageReturn;
  private boolean inReference;
  private boolean atStart;
  private boolean spaced;
  private int quote;
  private int attributes;
  private int matched;
  private int brackets;

  XmlTokenizer(StreamLimits limits, ElementAssembler elements) {
    this.limits = limits;
    this.elements = elements;
  }

  /** Whether what was read last stands between two elements of the first level. */
  boolean isBetweenElements() {
    return open.size() == 1 && state == State.TEXT && !inReference;
  }

  /** Whether plain text may come next: in an element below the stream's, or in a value. */
  boolean isInText() {
    return (state == State.TEXT && open.size() > 1 || state == State.VALUE) && !inReference;
  }

  /** Reads plain text ({@link XmlCharacters#isPlain}), where it may come. */
  void acceptPlain(byte[] bytes, int offset, int length) {
    afterCarriageReturn = false;
    brackets = 0;
    text.append(bytes, offset, length);
  }

  /** Reads a character, and gives the event that is complete with it. */
  @Nullable StreamEvent accept(int character) throws StreamViolation {
    if (!XmlCharacters.isAllowed(character)) {
      throw malformed(
          state == State.BEGIN && (character == TLS_ALERT || character == TLS_HANDSHAKE)
              ? "it speaks TLS at once, so that directTls(...) may be what its port is for"
              : "a character that cannot stand in XML");
    }
    // XML 1.0 section 2.11: all line ends are one line feed.
    boolean pair = afterCarriageReturn && character == '\n';
    afterCarriageReturn = character == '\r';
    if (pair) {
      return null;
    }
    int c = afterCarriageReturn ? '\n' : character;
    if (inReference) {
      readReference(c);
      return null;
    }
    switch (state) {
      case BEGIN, TEXT -> readText(c);
      case TAG_BEGUN -> readTagBegun(c);
      case INSTRUCTION -> readInstruction(c);
      case DECLARATION -> readDeclaration(c);
      case MARKUP -> readMarkup(c);
      case COMMENT_BEGUN ->
          throw c == '-' ? restricted("a comment") : malformed("what is no markup");
      case CDATA_BEGUN -> readCdataBegun(c);
      case CDATA -> readCdata(c);
      case ELEMENT_NAME -> {
        if (!name.accepts(c)) {
          element = name.take();
          return readInTag(c);
        }
      }
      case IN_TAG -> {
        return readInTag(c);
      }
      case EMPTY_TAG -> {
        if (c != '>') {
          throw malformed("a slash inside a tag");
        }
        return emptyTagEnds();
      }
      case ATTRIBUTE_NAME -> {
        if (!name.accepts(c)) {
          attribute = name.take();
          readEquals(c);
        }
      }
      case EQUALS -> readEquals(c);
      case QUOTE -> readQuote(c);
      case VALUE -> readValue(c);
      case END_TAG -> {
        return readEndTag(c);
      }
    }
    return null;
  }

  private void readText(int c) throws StreamViolation {
    if (c == '<') {
      atStart = state == State.BEGIN;
      state = State.TAG_BEGUN;
      return;
    }
    state = State.TEXT;
    if (c == '&' && !open.isEmpty()) {
      inReference = true;
      reference.clear();
      brackets = 0;
      return;
    }
    if (c == '>' && brackets >= 2) {
      throw malformed("']]>' in text");
    }
    brackets = c == ']' ? brackets + 1 : 0;
    if (open.size() > 1 || !XmlCharacters.isSpace(c)) {
      append(c);
    }
  }

  /** Text has its place inside elements of the first level only. */
  private void append(int c) throws StreamViolation {
    if (open.isEmpty()) {
      throw malformed("text before the stream's header");
    }
    if (open.size() == 1) {
      throw new StreamViolation(Condition.BAD_FORMAT, "text between elements");
    }
    text.append(c);
  }

  private void readReference(int c) throws StreamViolation {
    int meant = reference.accept(c);
    if (meant == Reference.INCOMPLETE) {
      return;
    }
    inReference = false;
    if (state == State.VALUE) {
      text.append(meant);
    } else {
      append(meant);
    }
  }

  private void readTagBegun(int c) throws StreamViolation {
    brackets = 0;
    switch (c) {
      case '!' -> state = State.MARKUP;
      case '?' -> state = State.INSTRUCTION;
      case '/' -> {
        if (open.isEmpty()) {
          throw malformed("an end tag without its start tag");
        }
        flushText();
        state = State.END_TAG;
        matched = 0;
      }
      default -> {
        state = State.ELEMENT_NAME;
        name.accepts(c);
        flushText();
        attributes = 0;
        spaced = false;
        if (open.size() > limits.maxDepth()) {
          throw policy("elements nest deeper than " + limits.maxDepth());
        }
      }
    }
  }

  /** The target of an instruction; that of the XML declaration is none (XML 1.0 section 2.6). */
  private void readInstruction(int c) throws StreamViolation {
    if (name.accepts(c)) {
      return;
    }
    String target = name.take().written();
    if (!target.equalsIgnoreCase("xml")) {
      throw restricted("a processing instruction");
    }
    if (!atStart || !target.equals("xml")) {
      throw malformed("an XML declaration that is not the first of all");
    }
    state = State.DECLARATION;
    text.append(c);
  }

  private void readDeclaration(int c) throws StreamViolation {
    if (c == '>' && text.last() == '?') {
      String declaration = text.take();
      XmlDeclaration.check(declaration.substring(0, declaration.length() - 1));
      state = State.TEXT;
    } else {
      text.append(c);
    }
  }

  private void readMarkup(int c) throws StreamViolation {
    if (c == '-') {
      state = State.COMMENT_BEGUN;
    } else if (c == '[' && !open.isEmpty()) {
      state = State.CDATA_BEGUN;
      matched = 1;
    } else if (XmlCharacters.isNameStart(c)) {
      throw restricted("a document type declaration, or a part of one");
    } else {
      throw malformed("what is no markup");
    }
  }

  private void readCdataBegun(int c) throws StreamViolation {
    if (c != CDATA_START.charAt(matched)) {
      throw malformed("what is no markup");
    }
    matched++;
    if (matched == CDATA_START.length()) {
      if (open.size() == 1) {
        throw new StreamViolation(Condition.BAD_FORMAT, "text between elements");
      }
      state = State.CDATA;
    }
  }

  private void readCdata(int c) {
    if (c == ']') {
      brackets++;
      return;
    }
    boolean ends = c == '>' && brackets >= 2;
    // Those that turned out not to be of the end.
    for (int left = ends ? brackets - 2 : brackets; left > 0; left--) {
      text.append(']');
    }
    brackets = 0;
    if (ends) {
      state = State.TEXT;
    } else {
      text.append(c);
    }
  }

  private @Nullable StreamEvent readInTag(int c) throws StreamViolation {
    state = State.IN_TAG;
    if (XmlCharacters.isSpace(c)) {
      spaced = true;
    } else if (c == '>') {
      state = State.TEXT;
      open.push(element.written());
      return startTag();
    } else if (c == '/') {
      state = State.EMPTY_TAG;
    } else if (spaced) {
      state = State.ATTRIBUTE_NAME;
      name.accepts(c);
      attributes++;
      if (attributes > limits.maxAttributes()) {
        throw policy("an element has more than " + limits.maxAttributes() + " attributes");
      }
    } else {
      throw malformed("attributes without white space between them");
    }
    return null;
  }

  private @Nullable StreamEvent emptyTagEnds() throws StreamViolation {
    if (open.isEmpty()) {
      throw new StreamViolation(Condition.BAD_FORMAT, "the stream ends in its own header");
    }
    state = State.TEXT;
    startTag();
    return elements.endTag();
  }

  private @Nullable StreamEvent startTag() throws StreamViolation {
    QualifiedName started = element;
    element = NONE;
    return elements.startTag(started);
  }

  private void readEquals(int c) throws StreamViolation {
    if (c == '=') {
      state = State.QUOTE;
    } else if (XmlCharacters.isSpace(c)) {
      state = State.EQUALS;
    } else {
      throw malformed("an attribute without a value");
    }
  }

  private void readQuote(int c) throws StreamViolation {
    if (c == '"' || c == '\'') {
      state = State.VALUE;
      quote = c;
    } else if (!XmlCharacters.isSpace(c)) {
      throw malformed("an attribute whose value is not quoted");
    }
  }

  private void readValue(int c) throws StreamViolation {
    if (c == quote) {
      elements.attribute(attribute, text.take());
      attribute = NONE;
      state = State.IN_TAG;
      spaced = false;
    } else if (c == '<') {
      throw malformed("'<' in an attribute's value");
    } else if (c == '&') {
      inReference = true;
      reference.clear();
    } else {
      // XML 1.0 section 3.3.3: white space that is no reference becomes a space.
      text.append(XmlCharacters.isSpace(c) ? ' ' : c);
    }
  }

  /** Compares as it reads: an end tag that differs is refused at the first character that does. */
  private @Nullable StreamEvent readEndTag(int c) throws StreamViolation {
    String expected = open.element();
    if (matched < expected.length()) {
      if (expected.codePointAt(matched) != c) {
        throw malformed("tags that do not match");
      }
      matched += Character.charCount(c);
    } else if (c == '>') {
      state = State.TEXT;
      open.pop();
      return elements.endTag();
    } else if (!XmlCharacters.isSpace(c)) {
      throw malformed("tags that do not match");
    }
    return null;
  }

  private void flushText() {
    if (text.length() > 0) {
      elements.text(text.take());
    }
  }

  /** For how many characters there is room in all buffers. */
  int capacity() {
    return text.capacity() + name.capacity() + reference.capacity();
  }

  private static StreamViolation malformed(String what) {
    return new StreamViolation(Condition.NOT_WELL_FORMED, what);
  }

  private static StreamViolation restricted(String what) {
    return new StreamViolation(Condition.RESTRICTED_XML, what);
  }

  private static StreamViolation policy(String what) {
    return new StreamViolation(Condition.POLICY_VIOLATION, what);
  }
}
