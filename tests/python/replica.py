"""A replica from charters, entries and proofs: who may write, what counts, the frontier."""

from collections import defaultdict

import charters
import curve
import facts as bodies
from refusal import Refused
from wire import tagged

ADMISSION, REVOCATION, SETTLEMENT, SUCCESSION, REDACTION = 32, 33, 34, 36, 17
FOREVER = 2**64 - 1


class Standing:
    """In what right a log writes and until where. The role is an organisation's number, or
    `registrar`, or `data-protection`."""

    def __init__(self, role, end=None):
        self.role, self.end, self.settled = role, None, {}
        if end:
            self.end = end[1]
            if end[2]:
                self.settled[end[1]] = end[2]

    def is_member(self):
        return self.role not in ("registrar", "data-protection")


class Registry:
    """The fold of the charters and of the registrars' acts."""

    def __init__(self, chain):
        self.logs, self.members, self.no_effect, self.successions = {}, {}, {}, []
        self.counts = defaultdict(int)
        for key, end in chain.registrars():
            self.logs[key] = Standing("registrar", end)
        for charter in chain.path():
            key = charter.key("data_protection")
            if key and key not in self.logs:
                self.logs[key] = Standing("data-protection")

    def take(self, entry):
        """Takes an act of a registrar."""
        try:
            found = bodies.read(entry.head.kind, entry.facts)
        except Refused:
            return
        act = {ADMISSION: self.admit, REVOCATION: self.revoke, SETTLEMENT: self.settle, SUCCESSION: self.succeed}
        if entry.head.kind not in act:
            return
        try:
            act[entry.head.kind](found)
            self.counts[bodies.KINDS[entry.head.kind]] += 1
        except Refused as refused:
            self.no_effect[entry.head.id] = refused.reason

    def admit(self, found):
        key = bytes.fromhex(found["key"])
        if curve.key_fault(key):
            raise Refused("unfit-key")
        if key in self.logs and self.logs[key].role != found["org"]:
            raise Refused("key-taken")
        self.logs.setdefault(key, Standing(found["org"]))
        self.members[found["org"]] = found["name"]

    def revoke(self, found):
        standing, end = self.of_member(found["key"]), found["seq"]
        if standing.end is not None and standing.end <= end:
            raise Refused("ended-lower")
        standing.end = end
        if found.get("id"):
            standing.settled[end] = bytes.fromhex(found["id"])

    def settle(self, found):
        if found["seq"] == 0:
            raise Refused("place")
        self.of_member(found["log"]).settled[found["seq"]] = bytes.fromhex(found["id"])

    def succeed(self, found):
        self.successions.append(([p.get("org") for p in found["from"]], [p.get("org") for p in found["to"]]))

    def of_member(self, key):
        standing = self.logs.get(bytes.fromhex(key))
        if standing is None or not standing.is_member():
            raise Refused("not-a-members-log")
        return standing

    def successors(self, org):
        found, open_ = set(), [org]
        while open_:
            at = open_.pop()
            for before, after in self.successions:
                for next_ in after if at in before else []:
                    if next_ and next_ != org and next_ not in found:
                        found.add(next_)
                        open_.append(next_)
        return found


class Replica:
    """Everything that a set of charters, entries and proofs amounts to, whatever their order."""

    def __init__(self, chain, entries, forks):
        self.chain, self.entries, self.proofs = chain, {e.head.id: e for e in entries}, forks
        self.federation = chain.first.hash
        self.by_place = defaultdict(list)
        for entry in self.entries.values():
            if entry.head.federation == self.federation:
                self.by_place[entry.head.log, entry.head.seq].append(entry.head)
        # What counts of a registrar's log depends on the charters alone.
        self.registry = Registry(chain)
        acts = []
        for key, _ in chain.registrars():
            log = Log(self, key, self.registry.logs[key])
            acts += [self.entries[i] for i in log.ids[: log.counted()]]
        for act in acts:
            self.registry.take(act)
        self.logs = {key: Log(self, key, standing) for key, standing in self.registry.logs.items()}

    def held(self):
        return sum(len(log.ids) for log in self.logs.values())

    def set_aside(self):
        """Entries that are in no log, with the reason."""
        inside = {i for log in self.logs.values() for i in log.ids}
        return {e.head.id: self.refusal(e.head) for e in self.entries.values() if e.head.id not in inside}

    def refusal(self, head):
        """Why an entry does not join its log now; None if it would."""
        if head.federation != self.federation:
            return "foreign-federation"
        standing = self.registry.logs.get(head.log)
        if standing is None:
            return "unknown-member"
        log = self.logs[head.log]
        if standing.end is not None and head.seq > standing.end:
            return "after-end"
        if standing.settled.get(head.seq, head.id) != head.id:
            return "lost-branch"
        if head.seq <= len(log.ids):
            return "replayed" if log.ids[head.seq - 1] == head.id else "forked"
        if head.seq != len(log.ids) + 1:
            return "out-of-place"
        if head.previous != (log.ids[-1] if log.ids else None) or (log.fork and head.seq >= log.fork[0]):
            return "forked"
        return None

    def counted_ids(self):
        return {i for log in self.logs.values() for i in log.ids[: log.counted()]}

    def redacted(self):
        """Every entry whose text a redaction took away that has the right to."""
        counted, found = self.counted_ids(), set()
        for id_ in counted:
            entry = self.entries[id_]
            if entry.head.kind != REDACTION:
                continue
            try:
                target = bytes.fromhex(bodies.read(REDACTION, entry.facts)["target"])
            except Refused:
                continue
            if target in self.entries and self.may_redact(entry.head.log, self.entries[target].head.log):
                found.add(target)
        return found

    def may_redact(self, by, of):
        by, of = (self.registry.logs[key] if key in self.registry.logs else None for key in (by, of))
        if by is None or of is None:
            return False
        if by.role == "data-protection" or by.role == of.role:
            return True
        return by.is_member() and of.is_member() and by.role in self.registry.successors(of.role)

    def frontier(self):
        current, heads = self.chain.path()[-1], []
        written = [b""] * 64
        for key in sorted(self.logs):
            head = self.logs[key].head()
            if head["seq"] == 0 and head["mark"] == "open":
                continue
            written[key[0] >> 2] += write_head(key, head)
            heads.append({"log": key.hex()} | head)
        digests = [tagged(b"frontier-bucket", part) for part in written]
        data = current.epoch.to_bytes(4, "big") + current.hash + b"".join(digests)
        return {
            "epoch": current.epoch, "charter": current.hash.hex(), "heads": heads,
            "buckets": [digest.hex() for digest in digests], "digest": tagged(b"frontier", data).hex(),
        }


def write_head(key, head):
    data = key + head["seq"].to_bytes(8, "big") + (bytes.fromhex(head["id"]) if head["id"] else bytes(32))
    data += bytes([["open", "ended", "forked"].index(head["mark"])])
    if head["mark"] == "forked":
        data += head["fork_place"].to_bytes(8, "big") + bytes.fromhex("".join(head["fork_ids"]))
    return data


class Log:
    """One log: the chain that is held, and the lowest fork that is not settled."""

    def __init__(self, replica, key, standing):
        self.key, self.standing, self.ids = key, standing, []
        while True:
            seq, last = len(self.ids) + 1, self.ids[-1] if self.ids else None
            fits = [h.id for h in replica.by_place.get((key, seq), []) if h.previous == last]
            fits = [i for i in fits if standing.settled.get(seq, i) == i]
            if not fits:
                break
            self.ids.append(fits[0])
        self.fork = self.lowest([pair for pair in replica.proofs if pair[0].log == key])

    def lowest(self, proofs):
        """Place and ids of the lowest fork that parts from this chain, whatever order the proofs
        came in."""
        end = FOREVER if self.standing.end is None else self.standing.end
        ids = defaultdict(set)
        for pair in proofs:
            place = pair[0].seq
            if place not in self.standing.settled and place <= end and self.parts_from(place, pair[0].previous):
                ids[place].update(head.id for head in pair)
        return min((place, sorted(found)[:2]) for place, found in ids.items()) if ids else None

    def parts_from(self, place, previous):
        """Whether the entry before a place is held and is this one."""
        held = [None, *self.ids]
        return place <= len(held) and held[place - 1] == previous

    def counted(self):
        end = FOREVER if self.standing.end is None else self.standing.end
        return min(len(self.ids), end, self.fork[0] - 1 if self.fork else FOREVER)

    def head(self):
        seq, mark, place, ids = self.counted(), "open", None, None
        if self.fork:
            mark, place, ids = "forked", self.fork[0], [i.hex() for i in self.fork[1]]
        elif self.standing.end is not None:
            mark = "ended"
        return {"seq": seq, "id": self.ids[seq - 1].hex() if seq else None, "mark": mark, "fork_place": place, "fork_ids": ids}


def chain_of(found):
    """The chain that a set of charters makes; parents may come after children."""
    first = [charter for charter in found if charter.epoch == 1]
    if len({charter.hash for charter in first}) != 1:
        raise Refused("there must be exactly one first charter")
    chain = charters.Chain(first[0])
    for charter in sorted(found, key=lambda c: (c.epoch, c.hash)):
        if charter.hash not in chain.known:
            chain.offer(charter)
    return chain
