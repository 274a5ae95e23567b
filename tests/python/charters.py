"""Charters and the chain among them that holds."""

from dataclasses import dataclass

import curve
import facts
import strict_json
from refusal import Refused
from wire import tagged

MAX_BYTES, MAX_EPOCHS, MAX_RIVALS, MAX_RECOVERY, MAX_BOOTSTRAP = 16 * 1024, 256, 8, 15, 64


@dataclass(frozen=True)
class Charter:
    hash: bytes
    terms: dict
    signers: list

    def key(self, name):
        value = self.terms.get(name)
        return None if value is None else bytes.fromhex(value)

    @property
    def epoch(self):
        return self.terms["epoch"]

    def end(self):
        """Log, place and id at which the former registrar's log ends."""
        end = self.terms.get("former_registrar")
        if end is None:
            return None
        return bytes.fromhex(end["key"]), end["seq"], bytes.fromhex(end["id"]) if end.get("id") else None

    def fields(self):
        terms = self.terms
        return {
            "epoch": self.epoch, "hash": self.hash.hex(), "name": terms["name"], "previous": terms.get("previous"),
            "registrar": terms["registrar"], "signers": [key.hex() for key in self.signers],
            "threshold": terms.get("threshold", 0),
        }


def read(data):
    document, signatures = split(data)
    try:
        terms = strict_json.read(document)
        facts.check(terms, "charter")
    except Refused:
        raise Refused("document") from None
    check_terms(terms)
    keys = [key for key, _ in signatures]
    if any(a >= b for a, b in zip(keys, keys[1:])):
        raise Refused("signer-order")
    message = b"idenett/charter-signature/1\0" + document
    if not all(curve.signature_holds(key, message, signature) for key, signature in signatures):
        raise Refused("signature")
    if terms["epoch"] == 1 and bytes.fromhex(terms["registrar"]) not in keys:
        raise Refused("founding")
    return Charter(tagged(b"charter-hash", document), terms, keys)


def split(data):
    length = int.from_bytes(data[:4], "big")
    rows = data[4 + length + 1 :]
    if len(data) > MAX_BYTES or len(data) < 5 + length or len(rows) != 96 * data[4 + length]:
        raise Refused("length")
    return data[4 : 4 + length], [(rows[at : at + 32], rows[at + 32 : at + 96]) for at in range(0, len(rows), 96)]


def check_terms(terms):
    epoch, end, recovery = terms["epoch"], terms.get("former_registrar"), terms.get("recovery", [])
    first = epoch == 1
    if not 1 <= epoch <= MAX_EPOCHS or first != (terms.get("previous") is None) or (first and end is not None):
        raise Refused("epoch")
    if end is not None and (end["seq"] == 0) != (end.get("id") is None):
        raise Refused("document")
    for key in [terms["registrar"], terms.get("data_protection"), *recovery]:
        fault = curve.key_fault(bytes.fromhex(key)) if key is not None else None
        if fault:
            raise Refused(f"key-{fault}")
    count, threshold = len(recovery), terms.get("threshold", 0)
    right = threshold == 0 if count == 0 else count < 2 * threshold <= 2 * count
    if count > MAX_RECOVERY or len(set(recovery)) != count or not right:
        raise Refused("threshold")
    addresses = terms.get("bootstrap", [])
    if len(addresses) > MAX_BOOTSTRAP or any(len(address) > 256 for address in addresses):
        raise Refused("bootstrap")


class Chain:
    def __init__(self, first):
        if first.epoch != 1:
            raise Refused("gap")
        self.first, self.known = first, {first.hash: first}

    def copy(self):
        other = Chain(self.first)
        other.known = dict(self.known)
        return other

    def children(self, parent):
        return sorted(h for h, charter in self.known.items() if charter.key("previous") == parent)

    def path(self):
        """The charters that hold: after each, the one with the smallest hash."""
        path = [self.first]
        while children := self.children(path[-1].hash):
            path.append(self.known[children[0]])
        return path

    def offer(self, charter):
        """Takes a charter in; whether the chain that holds changed."""
        previous = charter.key("previous")
        if charter.hash in self.known:
            raise Refused("known")
        if previous is None:
            raise Refused("foreign-federation")
        if previous not in self.known:
            raise Refused("gap")
        if not follows(charter, self.known[previous]):
            raise Refused("no-right")
        if self.returns(charter):
            raise Refused("former-registrar")
        rivals = self.children(previous)
        if len(rivals) >= MAX_RIVALS:
            if charter.hash > rivals[-1]:
                raise Refused("rivals")
            del self.known[rivals[-1]]
        before = [c.hash for c in self.path()]
        self.known[charter.hash] = charter
        return before != [c.hash for c in self.path()]

    def returns(self, charter):
        """Whether the registrar changes to one that served before."""
        at, served = self.known[charter.key("previous")], []
        if charter.key("registrar") == at.key("registrar"):
            return False
        while at is not None:
            served.append(at.key("registrar"))
            at = self.known.get(at.key("previous"))
        return charter.key("registrar") in served

    def registrars(self):
        """Every registrar in order of service, with the end of its log."""
        found = []
        for charter in self.path():
            if found and charter.end():
                found[-1][1] = charter.end()
            if not found or found[-1][0] != charter.key("registrar"):
                found.append([charter.key("registrar"), None])
        return found


def follows(charter, before):
    if charter.epoch != before.epoch + 1:
        return False
    kept, end = charter.key("registrar") == before.key("registrar"), charter.end()
    if (end is not None) if kept else (end is None or end[0] != before.key("registrar")):
        return False
    helpers = sum(key.hex() in before.terms.get("recovery", []) for key in charter.signers)
    threshold = before.terms.get("threshold", 0)
    return before.key("registrar") in charter.signers or 0 < threshold <= helpers
