#!/usr/bin/env python3
"""Checks Idenett's files by docs/protocol.md, with nothing of the Rust code.

    verify.py vectors DIR              the golden vectors
    verify.py bundle FILE [--json]     a bundle for offline transfer
    verify.py directory DIR [--json]   the directory of a stopped node
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import charters
import curve
import facts
import messages
import store
import strict_json
import wire
from refusal import Refused
from replica import Replica, chain_of


class Federation:
    """The federation of the vectors, to which entries, charters and proofs are offered."""

    def __init__(self, described):
        self.described = described
        self.charters = [charters.read(bytes.fromhex(c)) for c in described["charters"]]
        self.chain, _ = chain_of(self.charters)
        self.entries = [wire.read_entry(bytes.fromhex(e["hex"])) for e in described["entries"]]
        self.forks = [wire.read_fork(bytes.fromhex(f)) for f in described["forks"]]
        self.replica = Replica(self.chain, self.entries, self.forks)

    def admission(self, data):
        entry = wire.read_entry(data)
        refusal = self.replica.refusal(entry.head)
        if refusal:
            raise Refused(refusal)
        return entry

    def registry(self, data):
        entry = self.admission(data)
        after = Replica(self.chain, [*self.entries, entry], self.forks)
        if entry.head.id in after.registry.no_effect:
            raise Refused(after.registry.no_effect[entry.head.id])
        return after.frontier()

    def fork_record(self, data):
        pair = wire.read_fork(data)
        if reason := self.replica.fork_refusal(pair):
            raise Refused(reason)
        after = Replica(self.chain, self.entries, [*self.forks, pair])
        return {"news": after.logs[pair[0].log].fork != self.replica.logs[pair[0].log].fork}


def offer(item, federation):
    """What an item is, in fields; refused with the name of the reason."""
    data, kind = bytes.fromhex(item["hex"]), item["as"]
    if kind == "key":
        if fault := curve.key_fault(data):
            raise Refused(fault)
        return {"key": data.hex()}
    if kind == "frame":
        number, payload, end = wire.frame_at(data)
        return {"type": number, "type_name": wire.TYPES[number], "payload": payload.hex()} if end == len(data) else {}
    if kind == "message":
        number, payload, _ = wire.frame_at(data)
        return messages.read(number, payload)
    if kind in ("json", "facts"):
        strict_json.read(data) if kind == "json" else facts.read(item["kind"], data)
        return {}
    simple = {
        "header": lambda: wire.read_header(data).fields(),
        "entry": lambda: wire.read_entry(data).fields(),
        "bare": lambda: wire.read_entry(data, False).fields(),
        "charter": lambda: charters.read(data).fields(),
        "charter-chain": lambda: {"changes_chain": federation.chain.copy().offer(charters.read(data))},
        "fork": lambda: wire.fork_fields(wire.read_fork(data)),
        "fork-record": lambda: federation.fork_record(data),
        "hint": lambda: wire.read_hint(data),
        "admission": lambda: {"id": federation.admission(data).head.id.hex()},
        "registry": lambda: federation.registry(data),
    }
    return simple[kind]()


def check_item(item, federation):
    """A sentence if an item is not judged as its file says."""
    try:
        found = offer(item, federation)
    except Refused as refused:
        if refused.reason == item.get("reason"):
            return None
        return f"{item['name']}: refused as {refused.reason}, where {item.get('reason', 'acceptance')} is due."
    if "reason" in item:
        return f"{item['name']}: accepted, where {item['reason']} is due."
    if found != item["fields"]:
        wrong = sorted(key for key in found.keys() | item["fields"].keys() if found.get(key) != item["fields"].get(key))
        return f"{item['name']}: other values than expected in {', '.join(wrong)}."
    return None


def vectors(directory):
    read = lambda name: json.loads(Path(directory, name).read_text(encoding="utf-8"))
    described = read("federation.json")
    federation = Federation(described)
    faults = []
    if federation.replica.federation.hex() != described["federation"]:
        faults.append("the federation has another id.")
    if federation.replica.frontier() != described["frontier"]:
        faults.append("the federation has another frontier.")
    if federation.replica.set_aside():
        faults.append("an entry of the federation does not join it.")
    if store.bundle(Path(directory, "federation.bundle")).replica().frontier() != described["frontier"]:
        faults.append("the bundle of the federation has another frontier.")
    counts = Counter()
    for name in ("accept.json", "refuse.json"):
        for item in read(name)["items"]:
            counts[name] += 1
            faults += filter(None, [check_item(item, federation)])
    if faults:
        raise store.Broken("\n".join(faults))
    print(f"{counts['accept.json']} accepted and {counts['refuse.json']} refused, each as it must be.")


def report(contents, as_json):
    replica = contents.replica()
    aside = Counter(replica.set_aside().values())
    # What others wrote behind an end or on a lost branch may lie about; anything else is wrong.
    wrong = {reason: n for reason, n in aside.items() if reason not in ("after-end", "lost-branch", "forked")}
    if wrong:
        raise store.Broken(f"entries that belong to no log: {wrong}.")
    inside = {i for log in replica.logs.values() for i in log.ids}
    missing = {i for i in inside if replica.entries[i].text is None}
    redacted = replica.redacted()
    result = {
        "federation": replica.federation.hex(),
        "epoch": replica.chain.path()[-1].epoch,
        "frontier": replica.frontier()["digest"],
        "entries": replica.held(),
        "counted": len(replica.counted_ids()),
        "logs": sum(bool(log.ids) for log in replica.logs.values()),
        "members": len(replica.registry.members),
        "admissions": replica.registry.counts["admission"],
        "revocations": replica.registry.counts["revocation"],
        "settlements": replica.registry.counts["settlement"],
        "forks": sum(log.fork is not None for log in replica.logs.values()),
        "without_effect": len(replica.registry.no_effect),
        "set_aside": sum(aside.values()),
        "texts_redacted": len(missing & redacted),
        "texts_missing": len(missing - redacted),
        "refused": dict(contents.refused),
    }
    if as_json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name.replace('_', ' '):16} {value}")
    if contents.refused:
        raise store.Broken(f"parts of the file are refused: {dict(contents.refused)}.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["vectors", "bundle", "directory"])
    parser.add_argument("path")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    try:
        if options.what == "vectors":
            vectors(options.path)
        else:
            report(getattr(store, options.what)(options.path), options.json)
    except (store.Broken, OSError) as fault:
        print(f"verify.py: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
