"""Frames, headers, entries, proofs, hints and messages: everything with a fixed layout."""

import hashlib
import struct
from dataclasses import dataclass

import curve
import facts as bodies
from refusal import Refused, within

MAX_PAYLOAD, MAX_FACTS, MAX_TEXT = 512 * 1024, 96 * 1024, 256 * 1024
HEADER, SIGNED = 188, 252
TYPES = {
    0x01: "charter", 0x02: "entry", 0x03: "bare", 0x04: "text", 0x05: "fork", 0x06: "local", 0x20: "hello",
    0x21: "state", 0x22: "buckets", 0x23: "pull", 0x24: "want", 0x25: "done", 0x26: "announce", 0x27: "fetch",
    0x28: "headers-wanted", 0x29: "headers", 0x2A: "text-wanted", 0x2B: "your-head", 0x2C: "hint", 0x2D: "bye",
    0x2E: "absent",
}
FAREWELLS = ["stopping", "foreign-federation", "version", "misbehaviour", "full", "not-a-member"]


def _crc_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


CRC = _crc_table()


def crc32c(data):
    crc, table = 0xFFFFFFFF, CRC
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def tagged(tag, data):
    return hashlib.sha256(b"idenett/" + tag + b"/1\0" + data).digest()


def frame_at(data, at=0):
    """Type, payload and end of the frame at an offset."""
    if len(data) - at < 9:
        raise Refused("short")
    length, crc = struct.unpack_from(">II", data, at)
    if not 1 <= length <= MAX_PAYLOAD + 1:
        raise Refused("length")
    end = at + 8 + length
    if end > len(data):
        raise Refused("short")
    if crc32c(data[at + 8 : end]) != crc:
        raise Refused("checksum")
    if data[at + 8] not in TYPES:
        raise Refused("type")
    return data[at + 8], data[at + 9 : end], end


@dataclass(frozen=True)
class Header:
    kind: int
    federation: bytes
    log: bytes
    seq: int
    previous: bytes | None
    time: int
    facts_len: int
    facts_hash: bytes
    text_len: int
    text_hash: bytes
    signature: bytes
    id: bytes

    def fields(self):
        found = {name: plain(value) for name, value in self.__dict__.items()}
        return found | {"kind_name": bodies.KINDS.get(self.kind, "unknown")}


def plain(value):
    return value.hex() if isinstance(value, bytes) else value


def read_header(data, signed=True):
    """A signed header; everything but the signature is checked before it."""
    if len(data) != SIGNED:
        raise Refused("length")
    version, kind, reserved = data[0], data[1], data[2:4]
    if version != 1:
        raise Refused("version")
    if reserved != b"\0\0":
        raise Refused("reserved")
    seq, previous = int.from_bytes(data[68:76], "big"), data[76:108]
    if seq == 0 or (seq == 1) != (previous == bytes(32)):
        raise Refused("sequence")
    facts_len, text_len = int.from_bytes(data[116:120], "big"), int.from_bytes(data[152:156], "big")
    if facts_len > MAX_FACTS:
        raise Refused("facts-too-large")
    if text_len > MAX_TEXT:
        raise Refused("text-too-large")
    log, header = data[36:68], data[:HEADER]
    if signed and not curve.signature_holds(log, b"idenett/entry-signature/1\0" + header, data[HEADER:]):
        raise Refused("signature")
    return Header(
        kind, data[4:36], log, seq, previous if seq > 1 else None, int.from_bytes(data[108:116], "big"), facts_len,
        data[120:152], text_len, data[156:188], data[HEADER:], tagged(b"entry-id", header),
    )


@dataclass(frozen=True)
class Entry:
    head: Header
    facts: bytes
    text: bytes | None

    def fields(self):
        decoded = {"facts": self.facts.decode(errors="replace"), "text": None}
        if self.text is not None:
            decoded["text"] = self.text.decode(errors="replace")
        return self.head.fields() | decoded


def read_entry(data, with_text=True, padded=False):
    """A whole entry, or one without its text; `padded` allows zeros behind, as in a journal."""
    if len(data) < SIGNED:
        raise Refused("header-length")
    head = within("header", read_header, data[:SIGNED], False)
    body = data[SIGNED:]
    expected = head.facts_len + (head.text_len if with_text else 0)
    if padded and not any(body[expected:]):
        body = body[:expected]
    if len(body) != expected:
        raise Refused("length")
    facts, text = body[: head.facts_len], body[head.facts_len :]
    if tagged(b"facts", facts) != head.facts_hash:
        raise Refused("facts-hash")
    if not with_text and head.text_len > 0:
        text = None
    elif tagged(b"text", text) != head.text_hash:
        raise Refused("text-hash")
    within("header", read_header, data[:SIGNED])
    return Entry(head, facts, text)


def read_fork(data):
    """The two headers of a proof, the smaller id first."""
    if len(data) != 2 * SIGNED:
        raise Refused("length")
    pair = [within("header", read_header, part) for part in (data[:SIGNED], data[SIGNED:])]
    a, b = ((h.federation, h.log, h.seq, h.previous) for h in pair)
    if a != b or pair[0].id == pair[1].id:
        raise Refused("not-one-place")
    return tuple(sorted(pair, key=lambda h: h.id))


def fork_fields(pair):
    return {"log": pair[0].log.hex(), "place": pair[0].seq, "ids": [h.id.hex() for h in pair]}


def read_hint(data):
    if len(data) < 113 or data[48] > 8:
        raise Refused("length")
    signed, rest, addresses = data[:-64], data[49:-64], []
    for _ in range(data[48]):
        size = int.from_bytes(rest[:2], "big")
        if len(rest) < 2 + size:
            raise Refused("length")
        try:
            addresses.append(rest[2 : 2 + size].decode("utf-8"))
        except UnicodeDecodeError:
            raise Refused("address") from None
        if len(addresses[-1]) > 256:
            raise Refused("length")
        rest = rest[2 + size :]
    if rest:
        raise Refused("length")
    if not curve.signature_holds(data[:32], b"idenett/hint/1\0" + signed, data[-64:]):
        raise Refused("signature")
    number, time = struct.unpack_from(">QQ", data, 32)
    return {"key": data[:32].hex(), "number": number, "time": time, "addresses": addresses}
