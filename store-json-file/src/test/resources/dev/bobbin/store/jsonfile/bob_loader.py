"""One call of the walk-through's file loader, made from the command line.

    bob_loader.py set DIRECTORY CID TYPE MAX_AGE HEX
    bob_loader.py get DIRECTORY CID
    bob_loader.py del DIRECTORY CID

MAX_AGE is a number or "none". "get" prints data in hexadecimal, type, max_age
and cid, one a line.
"""
import base64
import json
import os
import sys

from slixmpp.plugins.xep_0231 import BitsOfBinary


class BobLoader:
    """Keeps each bit of binary in a file that is named by its content-id."""

    def __init__(self, directory):
        os.makedirs(directory, exist_ok=True)
        self.dir = directory

    def set_bob(self, jid=None, node=None, ifrom=None, args=None):
        text = json.dumps({
            'data': base64.b64encode(args['data']).decode(),
            'type': args['type'],
            'cid': args['cid'],
            'max_age': args['max_age'],
        })
        with open(os.path.join(self.dir, args['cid']), 'w') as file:
            file.write(text)

    def get_bob(self, jid=None, node=None, ifrom=None, args=None):
        with open(os.path.join(self.dir, args), 'r') as file:
            payload = json.loads(file.read())
        bob = BitsOfBinary()
        bob['data'] = base64.b64decode(payload['data'])
        for key in ('type', 'max_age', 'cid'):
            bob[key] = payload[key]
        return bob

    def del_bob(self, jid=None, node=None, ifrom=None, args=None):
        path = os.path.join(self.dir, args)
        if os.path.exists(path):
            os.remove(path)


def main(command, directory, cid, *rest):
    loader = BobLoader(directory)
    if command == 'set':
        mtype, max_age, data = rest
        bob = BitsOfBinary()
        bob['data'] = bytes.fromhex(data)
        bob['type'] = mtype
        bob['cid'] = cid
        if max_age != 'none':
            bob['max_age'] = int(max_age)
        loader.set_bob(args=bob)
    elif command == 'get':
        bob = loader.get_bob(args=cid)
        print(bob['data'].hex(), bob['type'], bob['max_age'], bob['cid'], sep='\n')
    else:
        loader.del_bob(args=cid)


main(*sys.argv[1:])
