package dev.bobbin.xmpp.bob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** References to content-ids in markup (RFC 2392). */
class CidUriTest {
  private static final String OURS = "sha1+8f35fef110ffc5df08d579a50083ff9308fb6242@bob.xmpp.org";

  @Test
  @DisplayName("1: the reference in markup is the content-id behind 'cid:'")
  void uri_ofOurs_isTheTextItself() {
    assertThat(ContentId.of(OURS).uri()).isEqualTo(URI.create("cid:" + OURS));
  }

  @ParameterizedTest
  @CsvSource({
    "a b,cid:a%20b",
    "a/b?c#d,cid:a%2Fb%3Fc%23d",
    "100%,cid:100%25",
    "<foo@bar.net>,cid:%3Cfoo@bar.net%3E",
    "größe,cid:gr%C3%B6%C3%9Fe",
    "\uD83D\uDC1F,cid:%F0%9F%90%9F",
    "a-._~!$&()*+;=:@z,cid:a-._~!$&()*+;=:@z",
  })
  void uri_anyText_isEncodedAndReadBack(String cid, String uri) {
    assertThat(ContentId.of(cid).uri()).hasToString(uri);
    assertThat(ContentId.ofUri(uri)).isEqualTo(ContentId.of(cid));
  }

  @ParameterizedTest
  @CsvSource({"CID:x,x", "cid:sha1%2Babc,sha1+abc", "cid:a b/ö,a b/ö", "cid:%c3%B6,ö"})
  void ofUri_writtenByHand_isRead(String uri, String cid) {
    assertThat(ContentId.ofUri(uri)).isEqualTo(ContentId.of(cid));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "cid",
        "mid:x",
        " cid:x",
        "http://cid:x",
        "cid:%",
        "cid:%2",
        "cid:%2x",
        "cid:%+1",
        "cid:%FF",
        "cid:%C3",
        "cid:",
        "cid:%00",
        "cid:%0A"
      })
  void ofUri_malformed_isRefused(String uri) {
    assertThatThrownBy(() -> ContentId.ofUri(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(docs/errors.md#malformed-content-id)");
  }

  @Test
  void ofUri_tooLong_isRefused() {
    assertThat(ContentId.ofUri("cid:" + "%78".repeat(1023)).value()).isEqualTo("x".repeat(1023));
    assertThatThrownBy(() -> ContentId.ofUri("cid:" + "%78".repeat(1024)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than 1023 bytes");
  }
}
