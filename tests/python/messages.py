"""The messages of a session, each the payload of one frame."""

import charters
from refusal import Refused, within
from wire import FAREWELLS, SIGNED, TYPES, fork_fields, read_fork, read_header, read_hint


class Bytes:
    """Reads a payload from the front; whatever does not fit is a fault of form."""

    def __init__(self, name, data):
        self.name, self.data, self.at = name, data, 0

    def fault(self):
        return Refused(f"form-{self.name}")

    def take(self, count):
        if self.at + count > len(self.data):
            raise self.fault()
        self.at += count
        return self.data[self.at - count : self.at]

    def rest(self):
        return self.take(len(self.data) - self.at)

    def number(self, count):
        return int.from_bytes(self.take(count), "big")

    def flag(self):
        value = self.number(1)
        if value > 1:
            raise self.fault()
        return value == 1

    def varint(self):
        number = 0
        for shift in range(0, 63, 7):
            byte = self.number(1)
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                if byte == 0 and shift > 0:
                    raise self.fault()
                return number
        raise self.fault()

    def count(self, limit):
        number = self.number(2)
        if number > limit:
            raise self.fault()
        return number

    def parts(self, size, limit):
        data = self.rest()
        if not data or len(data) % size or len(data) > size * limit:
            raise self.fault()
        return [data[at : at + size] for at in range(0, len(data), size)]


def read(kind, payload):
    """The fields of a message."""
    name = TYPES[kind]
    if name == "local":
        raise Refused("not-a-message-local")
    source = Bytes(name, payload)
    found = READERS[name](source)
    if source.at != len(payload):
        raise source.fault()
    return found | {"type_name": name}


def hello(source):
    return {
        "version": source.number(2), "federation": source.take(32).hex(), "epoch": source.number(4),
        "charter": source.take(32).hex(), "time": source.number(8),
    }


def state(source):
    return {"digest": source.take(32).hex(), "registry": source.number(8), "ask": source.flag()}


def buckets(source):
    return {"registry": source.number(8), "tags": [source.take(8).hex() for _ in range(64)]}


def pull(source):
    mask, width = source.take(8).hex(), source.number(1)
    if width not in (4, 32):
        raise source.fault()
    return {"mask": mask, "width": width, "rows": [row(source, width) for _ in range(source.count(8192))]}


def row(source, width):
    log, seq = source.take(8).hex(), source.varint()
    head = source.take(width).hex() if seq else ""
    place, ids = None, None
    if source.flag():
        place, ids = source.varint(), [source.take(width).hex(), source.take(width).hex()]
    return {"log": log, "seq": seq, "head": head, "fork_place": place, "fork_ids": ids}


def want(source):
    return {"rows": [{"log": source.take(8).hex(), "from": source.varint()} for _ in range(source.count(8192))]}


def headers(source):
    return {"ids": [within("header", read_header, part).id.hex() for part in source.parts(SIGNED, 512)]}


def ids(source):
    return {"ids": [part.hex() for part in source.parts(32, 256)]}


def headers_wanted(source):
    return {"log": source.take(32).hex(), "from": source.number(8), "to": source.number(8)}


def your_head(source):
    seq, head = source.number(8), source.take(32).hex()
    return {"seq": seq, "id": head if seq else None}


def bye(source):
    number = source.number(1)
    if number >= len(FAREWELLS):
        raise source.fault()
    return {"why": number, "why_name": FAREWELLS[number]}


def whole(with_text):
    return lambda source: {"bytes": len(source.rest()), "with_text": with_text}


READERS = {
    "hello": hello, "state": state, "buckets": buckets, "pull": pull, "want": want, "done": lambda source: {},
    "announce": headers, "headers": headers, "fetch": ids, "text-wanted": ids, "headers-wanted": headers_wanted,
    "your-head": your_head, "bye": bye, "absent": lambda source: {"id": source.take(32).hex()},
    "hint": lambda source: within("hint", read_hint, source.rest()),
    "charter": lambda source: within("charter", charters.read, source.rest()).fields(),
    "fork": lambda source: fork_fields(within("fork", read_fork, source.rest())),
    "entry": whole(True), "bare": whole(False),
    "text": lambda source: {"id": source.take(32).hex(), "text": source.rest().decode(errors="replace")},
}
