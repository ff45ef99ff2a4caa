"""A stranger for tests: slixmpp with its Bits of Binary, told what to do.

Each line of standard input is a JSON object: "do" names a method of Commands,
the other keys are its arguments, all of them texts. Each line is answered by
one line of standard output, an object of texts again; "failure" is in it when
the command itself went wrong. The program ends with its input.
"""
import asyncio
import json
import sys
import traceback
from xml.etree import ElementTree

from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.plugins.xep_0231 import BitsOfBinary

BOB = 'urn:xmpp:bob'
TIMEOUT = 10


def text_of(element):
    return ElementTree.tostring(element, encoding='unicode')


def children(xml):
    return list(ElementTree.fromstring(f'<all xmlns="jabber:client">{xml}</all>'))


class Commands:
    """What the peer can be told."""

    def __init__(self):
        self.client = None
        self.asked_for = []
        self.answers = {}
        self.pushed_items = asyncio.Queue()
        self.heard = asyncio.Queue()

    async def connect(self, jid, password, port, ca):
        self.client = client = ClientXMPP(jid, password)
        client.ca_certs = ca
        # The port of connect() is not heeded where a host is given.
        client.default_port = int(port)
        client.register_plugin('xep_0030')
        client.register_plugin('xep_0231')
        bob = client['xep_0231']
        bob.api.register(self._recording(bob._get_bob), 'get_bob')
        client.add_event_handler('bob', self._pushed)
        client.add_filter('in', self._hear)
        bound = client.loop.create_future()

        def done(outcome):
            if not bound.done():
                bound.set_result(outcome)

        client.add_event_handler(
            'session_start', lambda _: done({'jid': client.boundjid.full}))
        for failure in ('failed_all_auth', 'connection_failed', 'disconnected'):
            client.add_event_handler(
                failure,
                lambda why, name=failure: done({'failure': f'{name}: {why}'}))
        client.connect(('127.0.0.1', int(port)))
        return await asyncio.wait_for(bound, TIMEOUT)

    def _recording(self, covered):
        def get_bob(jid, node, ifrom, cid):
            if ifrom:
                self.asked_for.append(cid)
                if cid in self.answers:
                    return self._answer(ifrom, *self.answers[cid])
            return covered(jid, node, ifrom, cid)
        return get_bob

    def _pushed(self, stanza):
        if stanza.name != 'iq':
            self.pushed_items.put_nowait(stanza)

    async def set(self, base64, type, max_age=None):
        """Hosts as an application does, under the content-id of slixmpp's choice."""
        holder = BitsOfBinary()
        holder.xml.text = base64
        age = None if max_age is None else int(max_age)
        cid = await self.client['xep_0231'].set_bob(
            holder['data'], type, max_age=age)
        return {'cid': cid}

    async def host(self, cid, base64, type):
        """Hosts a text that is served as it is, under any content-id."""
        item = BitsOfBinary()
        item['cid'] = cid
        item['type'] = type
        item.xml.text = base64
        await self.client['xep_0231'].api['set_bob'](args=item)
        return {}

    async def times_asked(self, cid):
        """How often others wanted a content-id."""
        return {'times': str(self.asked_for.count(cid))}

    async def fetch(self, peer, cid, cached=None):
        """Fetches past the cache, unless its own look there is wanted."""
        try:
            answer = await self.client['xep_0231'].get_bob(
                peer, cid, cached=bool(cached), timeout=TIMEOUT)
        except IqError as error:
            return {'condition': error.iq['error']['condition'],
                    'type': error.iq['error']['type']}
        except IqTimeout:
            return {'condition': 'no answer'}
        return {'xml': text_of(answer['bob'].xml),
                'hex': answer['bob']['data'].hex()}

    async def push(self, to, xml):
        """Sends a message with children that stand in the test."""
        message = self.client.make_message(to, mtype='chat')
        for child in children(xml):
            message.append(child)
        message.send()
        return {}

    async def pushed(self, cid):
        """The next message or presence that carried data of a content-id."""
        stanza = None
        while stanza is None or stanza['bob']['cid'] != cid:
            stanza = await asyncio.wait_for(self.pushed_items.get(), TIMEOUT)
        return {'from': stanza['from'].full,
                'xml': text_of(stanza['bob'].xml),
                'hex': stanza['bob']['data'].hex()}

    async def features(self, peer):
        info = await self.client['xep_0030'].get_info(
            jid=peer, cached=False, timeout=TIMEOUT)
        return {'features': ' '.join(sorted(info['disco_info']['features']))}

    async def announce(self, to):
        """Sends presence with capabilities; gives the hash that they say."""
        self.client.register_plugin('xep_0115')
        caps = self.client['xep_0115']
        self.client['xep_0030'].add_feature('http://jabber.org/protocol/caps')
        await caps.update_caps(broadcast=False)
        self.client.send_presence(pto=to)
        return {'ver': await caps.get_verstring(self.client.boundjid.full)}

    async def watch_capabilities(self):
        """Takes note of presence from now on."""
        self.client.register_plugin('xep_0115')
        return {}

    async def capabilities(self, peer):
        """What it knows of a peer by presence alone, once that has come and was checked."""
        caps = self.client['xep_0115']
        for _ in range(TIMEOUT * 20):
            info = await caps.get_caps(peer)
            if info:
                return {'features': ' '.join(sorted(info['features'])),
                        'ver': await caps.get_verstring(peer)}
            await asyncio.sleep(0.05)
        raise TimeoutError(f'nothing is known of {peer}')

    # Stanzas as they stand in a test, and as they come.

    def _hear(self, stanza):
        self.heard.put_nowait(text_of(stanza.xml))
        return stanza

    def _answer(self, to, type, xml):
        iq = self.client.make_iq(ito=to, itype=type)
        for child in children(xml):
            iq.xml.append(child)
        return iq

    async def answer(self, cid, type, xml):
        """From now on answers requests for a content-id so, by a handler of its API."""
        self.answers[cid] = (type, xml)
        return {}

    async def send_xml(self, xml):
        self.client.send_raw(xml)
        return {}

    async def received(self, part):
        """The next stanza with a text in it; those before it are forgotten."""
        xml = ''
        while part not in xml:
            xml = await asyncio.wait_for(self.heard.get(), TIMEOUT)
        return {'xml': xml}

    async def describe(self, node, category, type, name, lang, feature,
                       form_type, field, value, item, item_node, item_name):
        """Has a node of its own, as an application sets it."""
        client = self.client
        client.register_plugin('xep_0004')
        client.register_plugin('xep_0128')
        disco = client['xep_0030']
        await disco.add_identity(category, type, name, node=node, lang=lang)
        await disco.add_feature(feature, node=node)
        form = client['xep_0004'].make_form(ftype='result')
        form.add_field(var='FORM_TYPE', ftype='hidden', value=form_type)
        form.add_field(var=field, value=value)
        await client['xep_0128'].set_extended_info(node=node, data=form)
        await disco.add_item(item, item_name, node=node, subnode=item_node)
        return {}

    async def discover(self, what, peer, node):
        """Asks for "info" or "items": what it makes of the answer, and its XML."""
        self.client.register_plugin('xep_0004')
        self.client.register_plugin('xep_0128')
        disco = self.client['xep_0030']
        try:
            if what == 'items':
                answer = await disco.get_items(
                    jid=peer, node=node, timeout=TIMEOUT)
                items = answer['disco_items']
                return {'items': texts(items['items']), 'xml': text_of(items.xml)}
            answer = await disco.get_info(
                jid=peer, node=node, cached=False, timeout=TIMEOUT)
        except IqError as error:
            return {'condition': error.iq['error']['condition'],
                    'type': error.iq['error']['type']}
        info = answer['disco_info']
        return {'identities': texts(info['identities']),
                'form': texts((field, *([values] if isinstance(values, str) else values))
                              for field, values in info['form'].get_values().items()),
                'xml': text_of(info.xml)}


def texts(tuples):
    """Each in a line of its own, its parts joined by bars."""
    return '\n'.join(sorted('|'.join(str(p) for p in t) for t in tuples))


async def main():
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader(limit=2 ** 20)
    await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    commands = Commands()
    while line := await lines.readline():
        arguments = json.loads(line)
        try:
            answer = await getattr(commands, arguments.pop('do'))(**arguments)
        except Exception as failure:
            traceback.print_exc()
            answer = {'failure': f'{type(failure).__name__}: {failure}'}
        print(json.dumps(answer), flush=True)


asyncio.get_event_loop_policy().get_event_loop().run_until_complete(main())
