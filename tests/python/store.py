"""The two kinds of files: bundles, and the segments of a journal."""

import re
import struct
from collections import Counter
from pathlib import Path

import charters
from refusal import Refused
from replica import Replica, chain_of
from wire import crc32c, frame_at, read_entry, read_fork, tagged

MAGIC = b"IDNBNDL1"
CHARTER, ENTRY, BARE, TEXT, FORK, LOCAL = 1, 2, 3, 4, 5, 6
DATA_START = 3 * 4096


class Broken(Exception):
    """A file is not what it must be; the message is a sentence for people."""


class Contents:
    """What the frames of a file say, collected; the latest word on an entry counts. What a
    journal holds must be sound, though charters and proofs may have lost their place since; of a
    bundle, what is refused is counted by name."""

    def __init__(self, journal):
        self.journal = journal
        self.charters, self.entries, self.forks, self.frames, self.refused = [], {}, [], 0, Counter()

    def take(self, kind, payload, where):
        self.frames += 1
        try:
            if kind == CHARTER:
                self.charters.append(charters.read(payload))
            elif kind in (ENTRY, BARE):
                entry = read_entry(payload, kind == ENTRY, self.journal)
                self.entries[entry.head.id] = entry
            elif kind == FORK:
                self.forks.append(read_fork(payload))
            elif kind == TEXT and self.journal:
                self.text(payload[:32], payload[32:], where)
            elif not (kind == LOCAL and self.journal):
                raise Broken(f"{where}: a frame of type {kind:#04x} does not belong here.")
        except Refused as refused:
            if self.journal:
                raise Broken(f"{where}: the frame of type {kind:#04x} is refused: {refused.reason}.") from None
            self.refused[{CHARTER: "charter-malformed", FORK: "fork-malformed"}.get(kind, "malformed")] += 1

    def text(self, id_, text, where):
        if not any(text):
            return  # Dropped by a redaction, or never longer than nothing.
        entry = self.entries.get(id_)
        if entry is None:
            raise Broken(f"{where}: a text of an entry that is not here.")
        text = text[: entry.head.text_len]
        if tagged(b"text", text) != entry.head.text_hash:
            raise Broken(f"{where}: a text that is not the one that was signed.")
        self.entries[id_] = type(entry)(entry.head, entry.facts, text)

    def replica(self):
        try:
            chain, refused = chain_of(self.charters)
        except Refused as refused:
            raise Broken(f"the charters make no chain: {refused.reason}.") from None
        replica = Replica(chain, self.entries.values(), self.forks)
        if not self.journal:
            self.refused.update(f"charter-{reason}" for reason in refused)
            self.refused.update(f"fork-{reason}" for reason in map(replica.fork_refusal, self.forks) if reason)
        return replica


def bundle(path):
    data = Path(path).read_bytes()
    if not data.startswith(MAGIC):
        raise Broken(f"{path} is no bundle: it does not begin with {MAGIC.decode()}.")
    contents, at, step = Contents(journal=False), len(MAGIC), 0
    while at < len(data):
        try:
            kind, payload, end = frame_at(data, at)
        except Refused as refused:
            raise Broken(f"{path}, byte {at}: no frame: {refused.reason}.") from None
        # Charters, then entries, then proofs.
        now = {CHARTER: 0, ENTRY: 1, BARE: 1, FORK: 2}.get(kind, 3)
        if now < step:
            raise Broken(f"{path}, byte {at}: a frame of type {kind:#04x} after one that belongs behind it.")
        contents.take(kind, payload, f"{path}, byte {at}")
        at, step = end, now
    return contents


def directory(path):
    segments = sorted(Path(path, "journal").glob("segment-*.idj"))
    segments = [s for s in segments if re.fullmatch(r"segment-[0-9]{8}\.idj", s.name)]
    numbers = [int(s.name[8:16]) for s in segments]
    if not segments:
        raise Broken(f"{path} has no journal: there is no journal/segment-00000001.idj.")
    if numbers != list(range(1, len(numbers) + 1)):
        raise Broken(f"{path}: a segment of the journal is missing; there are {numbers}.")
    contents, last = Contents(journal=True), segments[-1]
    newest = newest_mark(last.read_bytes(), numbers[-1])
    for segment in segments:
        read_segment(segment, segment is last, newest and newest[2], contents)
    return contents


def read_segment(path, last, overwriting, contents):
    data, number = path.read_bytes(), int(path.name[8:16])
    head = data[:24]
    if head_fault(head, number):
        if last and len(data) <= DATA_START:
            return  # A segment whose making was cut short holds nothing.
        raise Broken(f"{path}: {head_fault(head, number)}")
    newest = newest_mark(data, number)
    if newest is None or newest[1] > len(data):
        raise Broken(f"{path}: no mark holds, or the file is shorter than its mark says.")
    mark = newest[1]
    at = DATA_START
    while at < len(data):
        try:
            kind, payload, end = frame_at(data, at)
        except Refused as refused:
            if refused.reason == "type":
                at += 8 + int.from_bytes(data[at : at + 4], "big")
                continue
            if last and at >= mark:
                return  # The torn tail, which was never acknowledged.
            if overwriting == (number, at) and refused.reason == "checksum":
                at += 8 + int.from_bytes(data[at : at + 4], "big")
                continue  # A redaction was cut short here; a copy stands further on.
            raise Broken(f"{path}, byte {at}: damaged: {refused.reason}.") from None
        contents.take(kind, payload, f"{path}, byte {at}")
        at = end


def head_fault(head, number):
    if len(head) < 24 or head[:8] != b"idenettj" or struct.unpack_from(">I", head, 12)[0] != crc32c(head[:12]):
        return "this is no segment of a journal."
    version, _, stated, crc = struct.unpack_from(">IIII", head, 8)
    if version != 1:
        return f"format version {version} is not known here."
    if stated != number or crc != crc32c(head[:20]):
        return "the head of the segment is damaged."
    return None


def newest_mark(data, number):
    """Of the newest mark which holds: counter, length that was once on the disk, and the place
    of a frame that was being overwritten."""
    found = []
    for parity in (0, 1):
        mark = data[4096 * (1 + parity) :][:73]
        if len(mark) < 73 or int.from_bytes(mark[69:], "big") != crc32c(mark[:69]):
            continue
        counter, segment, length = struct.unpack_from(">QIQ", mark)
        if segment == number and counter % 2 == parity:
            found.append((counter, length, struct.unpack_from(">II", mark, 61)))
    return max(found) if found else None
