"""The facts of every kind: which fields there are and of what type."""

import datetime
import re

import strict_json
from refusal import Refused, within

ID = re.compile(r"[0-9a-f]{64}")
RANGES = {
    "u8": (0, 2**8 - 1), "u16": (0, 2**16 - 1), "u32": (0, 2**32 - 1), "u64": (0, 2**64 - 1),
    "i8": (-(2**7), 2**7 - 1), "i64": (-(2**63), 2**63 - 1),
}

# A field is written as `!` (required), `?` (may be absent or null) or `=` (may be absent),
# `*` for a list of, and the type: a simple one or the name of another table.
TABLES = {
    "revision": {"subject": "?id", "replaces": "=*id", "number": "=u32"},
    "amount": {"low": "?i64", "expected": "?i64", "high": "?i64"},
    "effort": {"weeks": "?u32", "person_years_tenths": "?u32", "one_time_nok": "?amount", "yearly_nok": "?amount", "price_year": "?u16"},
    "saved": {"low": "?i64", "expected": "?i64", "high": "?i64", "unit": "=str", "price_year": "?u16", "method": "=str"},
    "period": {"start": "?day", "in_use": "?day", "end": "?day"},
    "value": {"kind": "!str", "observed": "=bool"},
    "factor": {"factor": "!str", "score": "!i8"},
    "reference_date": {"date": "?day"},
    "goal": {"plan": "!id", "goal": "?str"},
    "kostra": {"function": "!str", "year": "?u16"},
    "party": {"org": "?org", "number": "?municipality", "name": "=str"},
    "end": {"key": "!id", "seq": "!u64", "id": "?id"},
    "case": {
        "lang": "=str", "status": "=str", "types": "=*str", "sector": "=str", "themes": "=*str", "origin": "=str",
        "builds_on": "=*id", "contact": "?id", "licence": "=str", "valid_until": "?day", "about_org": "?org",
        "co_owners": "=*org", "external_id": "?str", "beneficiaries": "=*str", "values": "=*value",
        "effort": "?effort", "novel_for": "=str", "change": "=str", "scale": "=str", "phase": "=str",
        "methods": "=*str", "initiated_by": "=*str", "participants": "=*str", "promoting": "=*factor",
        "hindering": "=*factor", "barriers": "=*str", "funding": "=*str", "party_cooperation": "=*str",
        "privacy": "=str", "software": "=*str", "period": "?period", "case_reference": "?reference_date",
        "plan_goals": "=*goal", "programmes": "=*id", "wicked_problem": "=*str", "kostra": "?kostra",
    },
    "need": {
        "lang": "=str", "status": "=str", "sector": "=str", "themes": "=*str", "contact": "?id",
        "valid_until": "?day", "external_id": "?str", "beneficiaries": "=*str", "urgency": "=str",
        "wants_partners": "?bool", "wicked_problem": "=*str", "met_by": "?id",
    },
    "reuse": {
        "case": "!id", "version": "?id", "lang": "=str", "degree": "=str", "status": "=str", "since": "?day",
        "unit": "?str", "sector": "=str", "valid_until": "?day", "period": "?period", "may_ask_us": "?bool",
        "contact": "?id", "channel": "=str", "effort": "?effort", "saved": "?saved", "outcome": "?i8",
        "stopped_because": "=str", "own_case": "?id",
    },
    "contact": {"checked": "?day", "fallback": "?id"},
    "plan": {
        "lang": "=str", "kind": "=str", "adopted": "?day", "period": "?period", "goals": "=*str", "themes": "=*str",
        "wicked_problem": "=*str", "contact": "?id",
    },
    "programme": {
        "lang": "=str", "kind": "=str", "lead": "?org", "members": "=*org", "period": "?period", "funding": "=*str",
        "cases": "=*id", "themes": "=*str", "contact": "?id",
    },
    "collection": {"lang": "=str", "cases": "=*id", "themes": "=*str"},
    "award": {
        "lang": "=str", "year": "?u16", "level": "=str", "placement": "=str", "case": "?id", "recipient": "?org",
        "giver": "?org",
    },
    "confirmation": {"subject": "!id", "valid_until": "!day"},
    "measurement": {
        "subject": "!id", "lang": "=str", "value": "=str", "evaluated_by": "=str", "period": "?period",
        "before": "?i64", "after": "?i64", "unit": "?str",
    },
    "comment": {"subject": "!id", "kind": "=str", "lang": "=str", "reply_to": "?id", "adopted": "?bool"},
    "interest": {"subject": "!id", "level": "=str", "contact": "?id"},
    "assessment": {"subject": "!id", "judgement": "=str", "lang": "=str", "programme": "?id", "duplicate_of": "?id"},
    "translation": {"version": "!id", "lang": "=str", "made_by": "=str"},
    "withdrawal": {"target": "!id", "reason": "=str", "replacement": "?id"},
    "redaction": {"target": "!id", "reason": "=str"},
    "admission": {"org": "!org", "name": "!str", "number": "?municipality", "key": "!id"},
    "revocation": {"key": "!id", "seq": "!u64", "id": "?id", "reason": "=str"},
    "settlement": {"log": "!id", "seq": "!u64", "id": "!id"},
    "reference": {"table": "!str", "date": "!day", "columns": "!*str", "rows": "!*row"},
    "succession": {"date": "!day", "type": "=str", "from": "!*party", "to": "!*party", "inherits": "=str"},
    "release": {"period": "!period", "date": "!day", "definitions": "!u32", "frontier": "!id", "result": "!id", "replaces": "?id"},
    "charter": {
        "salt": "!str", "epoch": "!u32", "previous": "?id", "name": "!str", "reading": "!reading", "registrar": "!id",
        "former_registrar": "?end", "data_protection": "?id", "recovery": "=*id", "threshold": "=u8", "bootstrap": "=*str",
    },
}
KINDS = {
    1: "case", 2: "need", 3: "reuse", 4: "confirmation", 5: "measurement", 6: "comment", 7: "interest", 8: "contact",
    9: "plan", 10: "programme", 11: "collection", 12: "award", 13: "assessment", 14: "climate", 15: "translation",
    16: "withdrawal", 17: "redaction", 32: "admission", 33: "revocation", 34: "settlement", 35: "reference",
    36: "succession", 37: "release",
}
WITH_VERSIONS = {"case", "need", "reuse", "contact", "plan", "programme", "collection", "award"}


def read(kind, data):
    """The facts of a record of this kind; None for a kind that is carried untouched."""
    name = KINDS.get(kind)
    if name is None:
        return None
    found = within("json", strict_json.read, data)
    if name not in TABLES:
        return None
    check(found, name)
    if name in WITH_VERSIONS:
        check(found, "revision")
        check_revision(found)
    if name == "revocation" and (found["seq"] == 0) != (found.get("id") is None):
        raise Refused("end")
    return found


def check_revision(found):
    subject, replaces, number = found.get("subject"), found.get("replaces", []), found.get("number", 1)
    if (subject is None) != (not replaces):
        raise Refused("revision-half-named")
    if len(replaces) > 8:
        raise Refused("revision-too-many")
    if len(set(replaces)) != len(replaces):
        raise Refused("revision-twice")
    if number == 0 or (number == 1) != (subject is None):
        raise Refused("revision-number")


def check(found, table):
    """Whether an object has the fields of a table, each of its type."""
    if not fits_table(found, table):
        raise Refused("json-wrong-type")


def fits_table(found, table):
    if not isinstance(found, dict):
        return False
    for field, rule in TABLES[table].items():
        if field not in found:
            if rule[0] == "!":
                return False
        elif found[field] is None:
            if rule[0] != "?":
                return False
        elif not fits(found[field], rule[1:]):
            return False
    return True


def fits(value, kind):
    if kind.startswith("*"):
        return isinstance(value, list) and all(fits(item, kind[1:]) for item in value)
    if kind in TABLES:
        return fits_table(value, kind)
    if kind in RANGES:
        low, high = RANGES[kind]
        return type(value) is int and low <= value <= high
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "row":
        return isinstance(value, list) and all(isinstance(v, str) or type(v) is int for v in value)
    return isinstance(value, str) and fits_string(value, kind)


def fits_string(value, kind):
    if kind == "id":
        return bool(ID.fullmatch(value))
    if kind == "day":
        return is_day(value)
    if kind == "org":
        return is_organisation(value)
    if kind == "municipality":
        return bool(re.fullmatch(r"[0-9]{4}", value))
    if kind == "reading":
        return value in ("open", "members")
    return True


def is_day(value):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_organisation(value):
    if not re.fullmatch(r"[1-9][0-9]{8}", value):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(value, (3, 2, 7, 6, 5, 4, 3, 2)))
    return -total % 11 == int(value[8])
