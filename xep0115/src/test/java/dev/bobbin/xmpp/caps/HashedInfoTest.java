package dev.bobbin.xmpp.caps;

import static dev.bobbin.xmpp.caps.Answers.form;
import static dev.bobbin.xmpp.caps.Answers.query;
import static dev.bobbin.xmpp.caps.Answers.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.disco.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hashed of an answer, and what must not be (XEP-0115 section 5). */
class HashedInfoTest {
  private static final String PC = "<identity category='client' type='pc'/>";
  private static final String ITEMS = "<feature var='http://jabber.org/protocol/disco#items'/>";

  private static HashedInfo read(String content) throws IllFormedInfoException {
    return HashedInfo.read(query(content));
  }

  private static String text(String content) throws IllFormedInfoException {
    return read(content).text();
  }

  private static String sha1(String content) throws IllFormedInfoException {
    return read(content).fingerprint(CapsHash.SHA_1).ver();
  }

  @Test
  void text_ofTheSimpleExample_isTheXeps() throws Exception {
    assertThat(text(Answers.EXODUS))
        .isEqualTo(
            "client/pc//Exodus 0.9.1<http://jabber.org/protocol/caps<"
                + "http://jabber.org/protocol/disco#info<"
                + "http://jabber.org/protocol/disco#items<http://jabber.org/protocol/muc<");
    assertThat(sha1(Answers.EXODUS)).isEqualTo("QgayPKawpkPSDYmwT/WM94uAlu0=");
  }

  @Test
  void text_ofTheComplexExample_isTheXeps() throws Exception {
    assertThat(text(Answers.PSI))
        .isEqualTo(
            "client/pc/el/\u03a8 0.11<client/pc/en/Psi 0.11<http://jabber.org/protocol/caps<"
                + "http://jabber.org/protocol/disco#info<"
                + "http://jabber.org/protocol/disco#items<http://jabber.org/protocol/muc<"
                + "urn:xmpp:dataforms:softwareinfo<ip_version<ipv4<ipv6<os<Mac<os_version<10.5.1<"
                + "software<Psi<software_version<0.11<");
    assertThat(sha1(Answers.PSI)).isEqualTo("q07IKJEyjvHSyhy//CH0CxmKi8w=");
  }

  @ParameterizedTest
  @CsvSource({
    "sha-1, 5rmn0FzA5p88QvLQoLSAYUehLJQ=",
    "sha-224, E/joA+lci4sCq9ZbiSpY0u6cQsGnZTT9UoKidg==",
    "sha-256, u8LXWXsvD3j+tn0Rquv1ADC//j8MS637YN/eP8rAILU=",
    "sha-384, 1HyV1T9vNwlBUDe+UfwW/J8PRp0/OtoYQE47LZ8QvIIm/i9+Rz81NG17tyYZWH7i",
    "sha-512, /x2Wt0meLyVxHFWdS4MtDwjLYTqpCVABP+sahU93AZxmQbdQXOOI5N24OtnD+iVZbSCB+9SgeJqzTTYvyFBRag==",
    "sha3-224, SwYX8YD263aA2TfYMLe4/Wno4RuOclGPSTZvjg==",
    "sha3-256, RWqA6EWjWVROgJU3Z9T5vAQ+zXspwDc7VPJvp3yOWis=",
    "sha3-384, pM1bwsLrKPBhq8hCRykDWSohfhJg/YT2IeCio99opG03xd0BuxivArVpsRRT4Ng+",
    "sha3-512, Ki/MleiIbOHUJthPvREJm1B75Y3Hjs2cJLrruKQU1GaGqn0MK9acmeSfANCG3IYfCym7hg5Gs5Bv0sXcPm4pFA=="
  })
  void fingerprint_anyHashOfTheJdk_isInBase64(String name, String ver) throws Exception {
    HashedInfo info = read(PC);

    assertThat(info.text()).isEqualTo("client/pc//<");
    assertThat(info.fingerprint(CapsHash.named(name).orElseThrow()))
        .isEqualTo(new Announced.Fingerprint(name, ver));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SHA-1", "sha1", "md5", "sha-0", "blake2b-256"})
  void named_unknownOrForbidden_isEmpty(String name) {
    assertThat(CapsHash.named(name)).isEmpty();
  }

  @Test
  void text_identities_areSortedByCategoryTypeAndLanguage() throws Exception {
    assertThat(
            text(
                "<identity category='a-b' type='t'/><identity category='a' type='u'/>"
                    + "<identity category='a' type='t' xml:lang='en'/>"
                    + "<identity category='a' type='t' xml:lang='de' name='z'/>"
                    + "<identity category='a' type='t' name='x'/>"))
        .isEqualTo("a/t//x<a/t/de/z<a/t/en/<a/u//<a-b/t//<");
  }

  @Test
  void text_order_isThatOfOctetsInUtf8() throws Exception {
    // U+FFFD is EF BF BD, and U+1F600 is F0 9F 98 80; as UTF-16 the latter begins with D83D.
    assertThat(
            text(
                "<feature var='\ud83d\ude00'/><feature var='\ufffd'/><feature var='B'/>"
                    + "<feature var='a'/>"
                    + PC))
        .isEqualTo("client/pc//<B<a<\ufffd<\ud83d\ude00<");
  }

  @Test
  void text_formsFieldsAndValues_areSorted() throws Exception {
    assertThat(
            text(
                PC
                    + ITEMS
                    + form(
                        type("z")
                            + "<field var='b'/><field var='a'><value>2</value>"
                            + "<value>1</value><value>1</value></field>")
                    + form(type("y") + "<field var='c'><value/></field>")))
        .isEqualTo("client/pc//<http://jabber.org/protocol/disco#items<y<c<<z<a<1<1<2<b<");
  }

  @Test
  void text_lessThanSign_staysEscaped() throws Exception {
    assertThat(
            text(
                "<identity category='client' type='pc' name='A&lt;B&amp;C'/>"
                    + "<feature var='urn:a&lt;urn:b'/>"
                    + form(type("f&lt;") + "<field var='v&lt;'><value>&lt;</value></field>")))
        .isEqualTo("client/pc//A&lt;B&C<urn:a&lt;urn:b<f&lt;<v&lt;<&lt;<");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<identity category='client' type='pc'/>",
        "<identity category='client' type='pc' name='' xml:lang=''/>",
        "<identity category='client'/>",
        "<identity type='pc'/>",
        "<identity category='http:' type='' xml:lang='jabber.org' name='protocol/muc'/>",
        "<identity category='a/b' type='c'/>",
        "<identity category='a' type='b/c'/>",
        "<identity category='a' type='b' xml:lang='c/d'/>",
        "<feature/>",
        "<feature var=''/>",
        "<feature var='http://jabber.org/protocol/disco#items'/>",
        "<feature var='a&lt;'/><feature var='a&amp;lt;'/>"
      })
  void read_identityOrFeatureTwiceOrIncomplete_isIllFormed(String more) {
    assertThatThrownBy(() -> read(PC + ITEMS + more)).isInstanceOf(IllFormedInfoException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<field var='FORM_TYPE' type='hidden'/>",
        "<field var='FORM_TYPE' type='hidden'><value>a</value><value>b</value></field>",
        "<field var='FORM_TYPE' type='hidden'><value>a</value></field>"
            + "<field var='FORM_TYPE' type='hidden'><value>a</value></field>",
        "<field var='FORM_TYPE' type='hidden'><value>a</value></field><field/>",
        "<field var='FORM_TYPE' type='hidden'><value>a</value></field>"
            + "<field var='b'/><field var='b'/>"
      })
  void read_formThatReadsInSeveralWays_isIllFormed(String fields) {
    assertThatThrownBy(() -> read(PC + form(fields))).isInstanceOf(IllFormedInfoException.class);
  }

  @Test
  void read_twoFormsOfOneType_isIllFormed() {
    assertThatThrownBy(() -> read(PC + form(type("a")) + form(type("a"))))
        .isInstanceOf(IllFormedInfoException.class);
  }

  @Test
  void read_oneTypeSaidTwice_isThatType() throws Exception {
    assertThat(
            text(
                PC
                    + form(
                        "<field var='FORM_TYPE' type='hidden'><value>a</value><value>a</value>"
                            + "</field>")))
        .isEqualTo("client/pc//<a<");
  }

  @Test
  void read_formWithoutAHiddenType_countsForNothing() throws Exception {
    HashedInfo info =
        read(
            PC
                + form("<field var='os'><value>Mac</value></field><field/>")
                + form("<field var='FORM_TYPE'><value>a</value></field>")
                + form("<field var='FORM_TYPE' type='text-single'><value>a</value></field>"));

    assertThat(info.text()).isEqualTo("client/pc//<");
    assertThat(info.info().extensions()).isEmpty();
  }

  @Test
  void info_withAForm_isIdentitiesAndFeatures() throws Exception {
    HashedInfo info =
        read(
            "<identity category='client' type='pc' name='Psi' xml:lang='en'/>"
                + ITEMS
                + "<other xmlns='urn:other'/>"
                + form(
                    "<title>T</title><item/>"
                        + type("a")
                        + "<field var='b' label='L' type='text-multi'><value>c</value></field>"));

    assertThat(info.info().identities()).containsExactly(new Identity("client", "pc", "Psi", "en"));
    assertThat(info.info().features()).containsExactly("http://jabber.org/protocol/disco#items");
    assertThat(info.info().extensions()).isEmpty();
  }

  private static final String SOFTWARE =
      "<feature var='urn:xmpp:bob'/><feature var='urn:xmpp:time'/>"
          + "<x xmlns='jabber:x:data' type='result'>"
          + "<field var='FORM_TYPE' type='hidden'>"
          + "<value>urn:xmpp:dataforms:softwareinfo</value></field>%s</x>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<field var='ip_version'/><field var='ipv4'/><field var='ipv6'/>"
            + "<field var='os'><value>Mac</value></field>"
            + "<field var='software'><value>zPsi</value></field>",
        "<field var='ip_version'><value>ipv4</value><value>ipv6</value></field>"
            + "<field var='os'><value>Mac</value><value>software</value><value>zPsi</value></field>"
      })
  void info_valuesDressedAsFields_isTheHonestOne(String poison) throws Exception {
    String honest =
        "<field var='ip_version'><value>ipv4</value><value>ipv6</value></field>"
            + "<field var='os'><value>Mac</value></field>"
            + "<field var='software'><value>zPsi</value></field>";
    HashedInfo told = read(PC + SOFTWARE.formatted(honest));
    HashedInfo poisoned = read(PC + SOFTWARE.formatted(poison));

    assertThat(poisoned.text()).isEqualTo(told.text());
    assertThat(told.readsOneWay()).isTrue();
    assertThat(poisoned.readsOneWay()).isTrue();
    assertThat(poisoned.info()).isEqualTo(told.info());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<identity category='a' type='b' name='A%sB'/>",
        "<feature var='A%sB'/>",
      })
  void readsOneWay_lessThanSignOrItsEscape_isDoubted(String more) throws Exception {
    String sign = PC + ITEMS + more.formatted("&lt;");
    String escape = PC + ITEMS + more.formatted("&amp;lt;");

    assertThat(sha1(escape)).isEqualTo(sha1(sign));
    assertThat(read(escape).info()).isNotEqualTo(read(sign).info());
    assertThat(read(escape).readsOneWay()).isFalse();
    assertThat(read(sign).readsOneWay()).isFalse();
  }

  @Test
  void readsOneWay_featureDressedAsAForm_isDoubted() throws Exception {
    String honest = PC + ITEMS + "<feature var='urn:xmpp:bob'/><feature var='urn:xmpp:time'/>";
    String poisoned = PC + ITEMS + form(type("urn:xmpp:bob") + "<field var='urn:xmpp:time'/>");

    assertThat(sha1(poisoned)).isEqualTo(sha1(honest));
    assertThat(read(honest).readsOneWay()).isTrue();
    assertThat(read(poisoned).readsOneWay()).isFalse();
  }

  @Test
  void readsOneWay_identityDressedAsAFeature_isDoubted() throws Exception {
    String other = "<identity category='store' type='file'/>";
    String honest = PC + other + "<feature var='urn:a'/>";
    String poisoned = PC + "<feature var='store/file//'/><feature var='urn:a'/>";

    assertThat(sha1(poisoned)).isEqualTo(sha1(honest));
    assertThat(read(honest).readsOneWay()).isTrue();
    assertThat(read(poisoned).readsOneWay()).isFalse();
    assertThat(read("<feature var='urn:a'/>").readsOneWay()).isFalse();
  }

  @Test
  void readsOneWay_formAmongFeatures_isNotDoubted() throws Exception {
    assertThat(read(Answers.EXODUS).readsOneWay()).isTrue();
    assertThat(read(Answers.PSI).readsOneWay()).as("its form could be features").isFalse();
    assertThat(read(Answers.PSI + "<feature var='vcard-temp'/>").readsOneWay()).isTrue();
    assertThat(read(PC + form(type("a"))).readsOneWay()).isFalse();
  }
}
