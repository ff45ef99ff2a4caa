package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** The XML of a list of items. */
final class DiscoItems {
  private DiscoItems() {}

  static List<DiscoItem> parse(XmlElement query) {
    List<DiscoItem> items = new ArrayList<>();
    for (XmlElement item : query.children("item", DiscoItem.NAMESPACE)) {
      try {
        items.add(
            new DiscoItem(
                Jid.of(item.attribute("jid").orElse("")),
                item.attribute("node").filter(node -> !node.isEmpty()).orElse(null),
                item.attribute("name").orElse(null)));
      } catch (MalformedJidException e) {
        // One bad item is no reason to hide the others.
      }
    }
    return List.copyOf(items);
  }

  static XmlElement.Builder toElement(List<DiscoItem> items) {
    XmlElement.Builder query = XmlElement.builder("query", DiscoItem.NAMESPACE);
    items.forEach(item -> query.add(item.toElement()));
    return query;
  }
}
