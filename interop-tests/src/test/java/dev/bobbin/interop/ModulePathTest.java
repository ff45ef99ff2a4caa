package dev.bobbin.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import org.junit.jupiter.api.Test;

/** That these tests run on the module path, where only what is exported can be seen. */
class ModulePathTest {
  @Test
  void modules_ofTheTestsAndOurs_areNamed() {
    assertThat(ModulePathTest.class.getModule().getName()).isEqualTo("dev.bobbin.interop");
    assertThat(XmppClient.class.getModule().getName()).isEqualTo("dev.bobbin.xmpp.core");
    assertThat(BobPlugin.class.getModule().getName()).isEqualTo("dev.bobbin.xmpp.bob");
  }
}
