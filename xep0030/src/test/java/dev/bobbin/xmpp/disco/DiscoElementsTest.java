package dev.bobbin.xmpp.disco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes between entities as literal XML (XEP-0030 sections 3 and 4). */
class DiscoElementsTest {
  private static final String INFO = "http://jabber.org/protocol/disco#info";
  private static final String ITEMS = "http://jabber.org/protocol/disco#items";

  @Test
  void toElement_info_isWrittenInOrder() {
    DiscoInfo info =
        new DiscoInfo(
            List.of(new Identity("client", "bot", "A & B"), new Identity("client", "pc", null)),
            new LinkedHashSet<>(List.of("urn:z", "urn:a")),
            List.of(LiteralXml.element("<x xmlns='jabber:x:data' type='result'/>")));

    assertThat(info.toElement().build().toXml())
        .isEqualTo(
            "<query xmlns='"
                + INFO
                + "'><identity category='client' type='bot' name='A &amp; B'/>"
                + "<identity category='client' type='pc'/>"
                + "<feature var='urn:z'/><feature var='urn:a'/>"
                + "<x xmlns='jabber:x:data' type='result'/></query>");
  }

  @Test
  void parse_info_isRead() {
    DiscoInfo info =
        DiscoInfo.parse(
            LiteralXml.element(
                "<query xmlns='"
                    + INFO
                    + "' node='n'>\n<identity type='bot' category='client' name=''/>"
                    + "<feature var='urn:z'/><feature var='urn:a'/><feature var='urn:z'/>"
                    + "<x xmlns='jabber:x:data' type='result'/></query>"));

    assertThat(info.identities()).containsExactly(new Identity("client", "bot", ""));
    assertThat(info.features()).containsExactly("urn:z", "urn:a");
    assertThat(info.supports("urn:a")).isTrue();
    assertThat(info.supports("urn:b")).isFalse();
    assertThat(info.extensions())
        .extracting(form -> form.toXml())
        .containsExactly("<x xmlns='jabber:x:data' type='result'/>");
  }

  @Test
  void toElement_identityWithALanguage_isWrittenAndRead() {
    Identity identity = new Identity("conference", "text", "Chatroom", "en");

    assertThat(LiteralXml.text(identity.toElement()))
        .isEqualTo(
            LiteralXml.text(
                "<identity xmlns='"
                    + INFO
                    + "' category='conference' type='text' name='Chatroom' xml:lang='en'/>"));
    assertThat(Identity.parse(identity.toElement())).contains(identity);
    assertThatThrownBy(() -> new Identity("conference", "text", null, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a language is not empty; null means none");
  }

  @Test
  void parse_infoWithNonsense_isReadWithoutIt() {
    DiscoInfo info =
        DiscoInfo.parse(
            LiteralXml.element(
                "<query xmlns='"
                    + INFO
                    + "'><identity/><identity category='client'/><identity type='bot'/>"
                    + "<identity category='' type=''/><feature/><feature var=''/>"
                    + "<feature xmlns='urn:other' var='urn:no'/><unknown/>text"
                    + "<identity category='client' type='bot'/></query>"));

    assertThat(info.identities()).containsExactly(new Identity("client", "bot", null));
    assertThat(info.features()).isEmpty();
  }

  @Test
  void new_info_isCopied() {
    List<Identity> identities = new ArrayList<>();
    Set<String> features = new LinkedHashSet<>();
    DiscoInfo info = new DiscoInfo(identities, features);
    identities.add(new Identity("a", "b", null));
    features.add("urn:a");

    assertThat(info.identities()).isEmpty();
    assertThat(info.features()).isEmpty();
    assertThatThrownBy(() -> info.features().add("urn:b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({"'', bot", "client, ''", "'', ''"})
  void new_identityWithoutCategoryOrType_isRefused(String category, String type) {
    assertThatThrownBy(() -> new Identity(category, type, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an identity has a category and a type");
  }

  @Test
  void parse_items_areReadWithoutNonsenseAndImmutable() {
    List<DiscoItem> items =
        DiscoItems.parse(
            LiteralXml.element(
                "<query xmlns='"
                    + ITEMS
                    + "'><item jid='a@b' node=''/><item/><item jid='@'/>"
                    + "<item jid='b' node='n' name='B'/></query>"));

    assertThat(items)
        .containsExactly(
            new DiscoItem(Jid.of("a@b"), null, null), new DiscoItem(Jid.of("b"), "n", "B"));
    assertThatThrownBy(items::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void new_itemWithAnEmptyNode_isRefused() {
    assertThatThrownBy(() -> new DiscoItem(Jid.of("a@b"), "", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a node is not empty; an item without one has null");
  }

  @Test
  void toElement_items_areWritten() {
    assertThat(new DiscoItem(Jid.of("a@b"), "n'", "A < B").toElement().toXml())
        .isEqualTo("<item xmlns='" + ITEMS + "' jid='a@b' node='n&apos;' name='A &lt; B'/>");
    assertThat(new DiscoItem(Jid.of("a@b"), null, null).toElement().toXml())
        .isEqualTo("<item xmlns='" + ITEMS + "' jid='a@b'/>");
  }
}
