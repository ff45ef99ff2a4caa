package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.Identity;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms that say more about an entity or a node (XEP-0128). */
class ExtendedDiscoTest extends DiscoStage {
  private static String form(String type, String content) {
    return "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>"
        + type
        + "</value></field>"
        + content
        + "</x>";
  }

  private static String software(String os) {
    return form(
        "urn:xmpp:dataforms:softwareinfo", "<field var='os'><value>" + os + "</value></field>");
  }

  private static XmlElement element(String xml) {
    return LiteralXml.element(xml);
  }

  private static DiscoInfo withForms(String... forms) {
    return new DiscoInfo(
        List.of(new Identity("client", "bot", null)),
        Set.of(INFO),
        Stream.of(forms).map(LiteralXml::element).toList());
  }

  /** That the node {@code test} is answered with what {@link #withForms} makes of these forms. */
  private void assertNodeHasForms(String forms) {
    assertAnswer(
        info("test", ""),
        info(
            "test",
            "<identity category='client' type='bot'/>"
                + "<feature var='http://jabber.org/protocol/disco#info'/>"
                + forms));
  }

  @Test
  void addNode_withAForm_saysIt() {
    disco(romeo).addNode("test", withForms(form("testing", "")), List.of());

    assertNodeHasForms(form("testing", ""));
  }

  @Test
  void addNode_withSeveralForms_saysAllInTheirOrder() {
    disco(romeo).addNode("test", withForms(form("testing", ""), form("testing_2", "")), List.of());

    assertNodeHasForms(form("testing", "") + form("testing_2", ""));
  }

  @Test
  void addForm_oneAndAnother_areSaidUntilTheyAreTakenBack() {
    var first = disco(romeo).addForm(element(software("Aether &lt;1")));
    assertAnswer(info(""), info(BASICS_XML + software("Aether &lt;1")));
    var second = disco(romeo).addForm(element(form("testing", "")));
    assertAnswer(info(""), info(BASICS_XML + software("Aether &lt;1") + form("testing", "")));

    first.close();
    assertAnswer(info(""), info(BASICS_XML + form("testing", "")));
    second.close();
    assertAnswer(info(""), info(BASICS_XML));
  }

  /** Two forms of one type would make an answer that entity capabilities call ill-formed. */
  @Test
  void addForm_ofTheSameType_takesThePlaceOfTheFirst() {
    disco(romeo).addForm(element(software("Aether 1")));
    disco(romeo).addForm(element(form("testing", "")));
    var update = disco(romeo).addForm(element(software("Aether 2")));
    assertAnswer(info(""), info(BASICS_XML + software("Aether 2") + form("testing", "")));

    update.close();
    assertAnswer(info(""), info(BASICS_XML + software("Aether 1") + form("testing", "")));
  }

  @Test
  void addForm_underAHandlerForEveryone_isNotSaidUntilTheDefaultIsRestored() {
    disco(romeo).addForm(element(software("Aether 1")));
    api().register(DiscoMethods.GET_INFO, ApiScope.everywhere(), dynamicInfo("Dynamic"));
    assertAnswer(info(""), info("<identity category='client' type='console' name='Dynamic'/>"));

    api().restoreDefault(DiscoMethods.GET_INFO, ApiScope.jid(ROMEO));
    assertAnswer(info(""), info(BASICS_XML + software("Aether 1")));
  }

  @Test
  void register_handlerWithAForm_saysIt() {
    api()
        .register(
            DiscoMethods.GET_INFO,
            ApiScope.node("test"),
            answering(call -> withForms(software(call.from().orElseThrow().toString()))));

    assertNodeHasForms(software("juliet@example.org/balcony"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "<x xmlns='jabber:x:data' type='form'/>|the type 'form'",
        "<x xmlns='jabber:x:data'/>|the type ''",
        "<x xmlns='urn:other' type='result'/>|the type 'result'",
        "<x xmlns='jabber:x:data' type='result'/>|0 fields FORM_TYPE",
        "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'><value>t</value></field></x>"
            + "|a field FORM_TYPE of type '' with ['t']",
        "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'/></x>"
            + "|a field FORM_TYPE of type 'hidden' with []",
        "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value/>"
            + "</field></x>|a field FORM_TYPE of type 'hidden' with ['']",
        "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'>"
            + "<value>t</value><value>u</value></field></x>"
            + "|a field FORM_TYPE of type 'hidden' with ['t', 'u']",
        "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'>"
            + "<value>t</value></field><field var='FORM_TYPE' type='hidden'><value>u</value></field>"
            + "</x>|2 fields FORM_TYPE",
      })
  void addForm_notWhatDescribesAnEntity_isRefused(String form, String reason) {
    XmlElement refused = element(form);

    assertThatThrownBy(() -> disco(romeo).addForm(refused))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The form <x xmlns='"
                + refused.namespace()
                + "'> has "
                + reason
                + "; what describes an entity is <x xmlns='jabber:x:data' type='result'> with one"
                + " field FORM_TYPE that is hidden and has one value (docs/errors.md#bad-form)");
    assertAnswer(info(""), info(BASICS_XML));
  }
}
