"""Shares a directory with others, by the file loader of the walk-through.

    sharer.py DIRECTORY WRITER SEED CID:NAME:MAY_SET:DATA_OR_EMPTY...

Says "ready", waits for a line, and sets, gets and deletes at random until its
input ends; then says in one line what it has counted. A value says in its media
type whose it is, with a checksum over that, the name that the other side gives
to its file, and the data.
"""
import base64
import hashlib
import json
import os
import random
import re
import sys
import threading
import time

LAST_JVM = 2
MOST_OPERATIONS = 1000000
MOST_BYTES = 8192
TYPE = re.compile('application/x-crash; w=([0-9]+); n=([0-9]+); e=0; sum=([0-9a-f]{16})')


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
        return dict(payload, data=base64.b64decode(payload['data']))

    def del_bob(self, jid=None, node=None, ifrom=None, args=None):
        path = os.path.join(self.dir, args)
        if os.path.exists(path):
            os.remove(path)


def checksum(name, writer, number, data):
    head = '%s %d %d 0\n' % (name, writer, number)
    return hashlib.sha256(head.encode() + data).hexdigest()[:16]


class Sharer:
    def __init__(self, directory, writer, seed):
        self.loader = BobLoader(directory)
        self.writer = writer
        self.random = random.Random(seed)
        self.puts = self.deletes = self.whole = self.absent = self.unfinished = self.wrong = 0
        self.highest = [0] * (LAST_JVM + 3)

    def put(self, cid, name, fixed):
        self.puts += 1
        data = fixed or self.random.randbytes(self.random.choice(
            [1, MOST_BYTES, self.random.randint(1, MOST_BYTES)]))
        kind = 'application/x-crash; w=%d; n=%d; e=0; sum=%s' % (
            self.writer, self.puts, checksum(name, self.writer, self.puts, data))
        self.loader.set_bob(args={'data': data, 'type': kind, 'cid': cid, 'max_age': None})

    def get(self, cid, name):
        try:
            found = self.loader.get_bob(args=cid)
        except FileNotFoundError:
            self.absent += 1
            return
        except ValueError:
            self.unfinished += 1
            return
        kind = TYPE.fullmatch(found['type'])
        writer, number = (int(kind[1]), int(kind[2])) if kind else (0, 0)
        if kind and found['cid'] == cid and kind[3] == checksum(
                name, writer, number, found['data']):
            self.whole += 1
            self.highest[writer] = max(self.highest[writer], number)
        elif writer > LAST_JVM:
            # The end of the file is a Python program's: it was rewritten while it was read.
            self.unfinished += 1
        else:
            self.wrong += 1
            print('wrong: %s holds %d bytes of %s' % (cid, len(found['data']), found['type']),
                  file=sys.stderr)

    def delete(self, cid):
        self.deletes += 1
        try:
            self.loader.del_bob(args=cid)
        except FileNotFoundError:
            pass  # Another one was faster.


def main(directory, writer, seed, *keys):
    sharer = Sharer(directory, int(writer), int(seed))
    table = [key.split(':') for key in keys]
    print('ready', flush=True)
    sys.stdin.readline()
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    for _ in range(MOST_OPERATIONS):
        if ended.is_set():
            break
        cid, name, may_set, fixed = sharer.random.choice(table)
        chance = sharer.random.random()
        if chance < 0.5:
            sharer.get(cid, name)
        elif chance < 0.85 and may_set == 'yes':
            sharer.put(cid, name, base64.b64decode(fixed))
        elif chance > 0.85:
            sharer.delete(cid)
        time.sleep(0.0005)
    print(sharer.puts, sharer.deletes, sharer.whole, sharer.absent, sharer.unfinished,
          sharer.wrong, *sharer.highest, flush=True)


main(*sys.argv[1:])
