package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopbackSnippetTest {
  @Test
  void main_runs_saysWhatIsHosted() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(said, true, UTF_8));
    try {
      LoopbackSnippet.main(new String[0]);
    } finally {
      System.setOut(before);
    }

    assertThat(said.toString(UTF_8))
        .isEqualToIgnoringNewLines(
            "juliet@example.org/balcony hosts text/plain as"
                + " sha1+aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d@bob.xmpp.org");
  }
}
