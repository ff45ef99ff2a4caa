package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.disco.Identity;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Identities and features that are added and taken back. */
class DiscoIdentityTest extends DiscoStage {
  private static final String BOT = "<identity category='client' type='bot'/>";

  private void assertIdentities(String identities) {
    assertAnswer(info(""), info(identities + FEATURES_XML));
  }

  @Test
  void addIdentity_anotherType_isSaidBesideTheConfiguredOne() {
    var gateway = disco(romeo).addIdentity(new Identity("gateway", "irc", "A & B"));
    assertIdentities(BOT + "<identity category='gateway' type='irc' name='A &amp; B'/>");

    gateway.close();
    assertIdentities(BOT);
  }

  @Test
  void addIdentity_sameCategoryAndType_takesItsPlace() {
    disco(romeo).addIdentity(new Identity("client", "pc", null));
    var named = disco(romeo).addIdentity(new Identity("client", "bot", "Friar"));
    assertIdentities(
        "<identity category='client' type='bot' name='Friar'/>"
            + "<identity category='client' type='pc'/>");

    named.close();
    assertIdentities(BOT + "<identity category='client' type='pc'/>");
  }

  @Test
  void addIdentity_oneNameInEachLanguage_saysAllOfThem() {
    disco(romeo).addIdentity(new Identity("client", "bot", "Friar", "en"));
    var czech = disco(romeo).addIdentity(new Identity("client", "bot", "Bratr", "cs"));
    disco(romeo).addIdentity(new Identity("client", "bot", "Friar Laurence", "en"));
    String english = "<identity category='client' type='bot' name='Friar Laurence' xml:lang='en'/>";
    assertIdentities(
        BOT + english + "<identity category='client' type='bot' name='Bratr' xml:lang='cs'/>");

    czech.close();
    assertIdentities(BOT + english);
  }

  @Test
  void addFeature_severalAndOneTwice_areSaidOnceInTheirOrder() {
    var foo = disco(romeo).addFeature("urn:foo");
    disco(romeo).addFeature("urn:bar");
    disco(romeo).addFeature("urn:foo").close();
    assertAnswer(
        info(""), info(BOT + FEATURES_XML + "<feature var='urn:foo'/><feature var='urn:bar'/>"));

    foo.close();
    assertAnswer(info(""), info(BOT + FEATURES_XML + "<feature var='urn:bar'/>"));
  }

  @Test
  void disable_whateverWasAdded_isForgotten() {
    DiscoPlugin disco = disco(romeo);
    disco.addIdentity(new Identity("client", "pc", null));
    disco.addFeature("urn:foo");
    disco.addItem(new DiscoItem(ROMEO, "foo", null));
    disco.addNode("testing", identity("pc", null), List.of());
    romeo.disablePlugin(DiscoPlugin.NAME);
    romeo.enablePlugin(disco);

    assertIdentities(BOT);
    assertAnswer(items(""), items(""));
    assertRefused(info("testing", ""), "item-not-found");
  }

  @Test
  void add_whileThePluginIsOff_isSaidOnceItIsOn() {
    DiscoPlugin disco = disco(romeo);
    romeo.disablePlugin(DiscoPlugin.NAME);
    disco.addIdentity(new Identity("client", "pc", null));
    assertRefused(info(""), "service-unavailable");
    romeo.enablePlugin(disco);

    assertIdentities(BOT + "<identity category='client' type='pc'/>");
  }

  /** Or it would spoil each answer later, as U+0000 cannot stand in XML. */
  @Test
  void add_whatCannotStandInXml_isRefusedAtOnce() {
    DiscoPlugin disco = disco(romeo);
    DiscoInfo good = new DiscoInfo(List.of(), Set.of());
    DiscoInfo bad = new DiscoInfo(List.of(), Set.of("\0"));
    List<DiscoItem> badItems = List.of(new DiscoItem(ROMEO, "\0", null));

    for (ThrowingCallable add :
        List.<ThrowingCallable>of(
            () -> disco.addFeature("\0"),
            () -> disco.addIdentity(new Identity("client", "pc", "\0")),
            () -> disco.addItem(new DiscoItem(ROMEO, null, "\0")),
            () -> disco.addNode("\0", good, List.of()),
            () -> disco.addNode("", good, List.of()),
            () -> disco.addNode("n", bad, List.of()),
            () -> disco.addNode("n", good, badItems))) {
      assertThatThrownBy(add).isInstanceOf(IllegalArgumentException.class);
    }
    assertIdentities(BOT);
    assertThat(disco(juliet).items(ROMEO, null).join()).isEmpty();
    assertRefused(info("n", ""), "item-not-found");
  }
}
