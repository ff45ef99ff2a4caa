package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserDataDirectoryTest {
  private static final Jid ALICE = Jid.of("alice@example.org/phone");

  @Test
  void storeOf_linux_isXdgDataHomeOrLocalShare() {
    assertThat(place("Linux", Map.of("XDG_DATA_HOME", "/data")))
        .isEqualTo("/data/bobbin/bob/alice@example.org");
    String usual = "/home/a/.local/share/bobbin/bob/alice@example.org";
    assertThat(place("Linux", Map.of())).isEqualTo(usual);
    assertThat(place("FreeBSD", Map.of("XDG_DATA_HOME", ""))).isEqualTo(usual);
    assertThat(place("Linux", Map.of("XDG_DATA_HOME", "relative"))).isEqualTo(usual);
  }

  @Test
  void storeOf_macOs_isApplicationSupport() {
    assertThat(place("Mac OS X", Map.of("XDG_DATA_HOME", "/data")))
        .isEqualTo("/home/a/Library/Application Support/bobbin/bob/alice@example.org");
  }

  @Test
  void storeOf_windows_isLocalAppData() {
    assertThat(place("Windows 11", Map.of("LOCALAPPDATA", "/c/local")))
        .isEqualTo("/c/local/bobbin/bob/alice@example.org");
    assertThat(place("Windows 11", Map.of()))
        .isEqualTo("/home/a/AppData/Local/bobbin/bob/alice@example.org");
  }

  @Test
  void escaped_oddJids_areSafeNames() {
    assertThat(UserDataDirectory.escaped(Jid.of("a..b@example.org"))).isEqualTo("a..b@example.org");
    assertThat(UserDataDirectory.escaped(Jid.of("..@example.org"))).isEqualTo("%2e.@example.org");
    assertThat(UserDataDirectory.escaped(Jid.of("a_%\\b@example.org")))
        .isEqualTo("a%5f%25%5cb@example.org");
    assertThat(UserDataDirectory.escaped(Jid.of("con"))).isEqualTo("%63on");
    assertThat(UserDataDirectory.escaped(Jid.of("x".repeat(300) + "@example.org")))
        .matches("_h-[0-9a-f]{64}");
    assertThat(UserDataDirectory.escaped(Jid.of("x".repeat(1023) + "@example.org")))
        .matches("_h-[0-9a-f]{64}");
  }

  private static String place(String system, Map<String, String> variables) {
    return new UserDataDirectory(system, "/home/a", variables::get).storeOf(ALICE).toString();
  }
}
