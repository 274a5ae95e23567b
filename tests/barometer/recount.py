"""Counts the figures of the reuse barometer a second time, in SQL, from the tables that a node gives out."""

from fractions import Fraction
from itertools import groupby
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
STATE = (HERE / "state.sql").read_text() + (HERE / "parts.sql").read_text()
INDICATORS = {path.stem: path.read_text() for path in sorted((HERE / "indicators").glob("*.sql"))}

# How the observations of an indicator become the numbers of a cell, by what its series measures.
NUMBERS = """
SELECT dimension, series, part, measure, count(*) AS of, CAST(sum(n) AS BIGINT) AS total, count(n) AS stated,
    CAST(2 * median(n) AS BIGINT) AS halves, CAST(sum(low) AS BIGINT) AS low, CAST(sum(high) AS BIGINT) AS high,
    CASE WHEN measure = 'survival' THEN list((n, low) ORDER BY n) END AS watched
FROM (
    SELECT series, measure, thing, CAST(n AS BIGINT) AS n, {low} AS low, {high} AS high, {only_by} AS only_by
    FROM ({observations})
)
JOIN parts USING (thing)
WHERE only_by IS NULL OR only_by = dimension
GROUP BY dimension, series, part, measure
"""


class Facts:
    """The facts of one history."""

    def __init__(self, directory):
        self.base = duckdb.connect()
        for table in sorted(Path(directory).glob("*.parquet")):
            self.base.execute(f"CREATE TABLE {table.stem} AS FROM read_parquet('{table}')")
        self.base.execute(
            """CREATE TABLE organisations AS
            SELECT org FROM members UNION SELECT org FROM reforms WHERE org IS NOT NULL
            UNION SELECT publisher FROM cases UNION SELECT about FROM cases WHERE about IS NOT NULL
            UNION SELECT signed_by FROM case_versions UNION SELECT org FROM reuses"""
        )

    def at(self, day):
        """Lets the facts stand as they stood at a day."""
        self.base.execute(f"SET VARIABLE day = DATE '{day}'")
        self.base.execute(STATE)

    def period(self, period):
        """Sets the first and last day of the 24 months up to the day of reckoning, or of a year up to it."""
        if period == "24m":
            first, last = "CAST(getvariable('day') - INTERVAL 24 MONTH AS DATE) + 1", "getvariable('day')"
        else:
            first, last = f"DATE '{period}-01-01'", f"least(DATE '{period}-12-31', getvariable('day'))"
        self.base.execute(f"SET VARIABLE first = {first}")
        self.base.execute(f"SET VARIABLE last = {last}")

    def count(self, indicator):
        """The cells of an indicator in which anything was counted, by dimension, series and part."""
        observations = INDICATORS[indicator]
        named = ("low", "high", "only_by")
        columns = {name: name if f"AS {name}" in observations else "NULL" for name in named}
        rows = self.base.execute(NUMBERS.format(observations=observations, **columns)).fetchall()
        cells = {row[:3]: value(*row[3:]) for row in rows}
        return {place: found for place, found in cells.items() if something(found)}


def value(measure, of, total, stated, halves, low, high, watched):
    """The numbers of a cell as the program writes them."""
    match measure:
        case "share":
            return {"share": {"n": total, "of": of}}
        case "level":
            return {"level": {"n": total}}
        case "net":
            return {"net": {"n": total}}
        case "mean":
            return {"mean": {"sum": total, "of": of}}
        case "days":
            return {"days": {"halves": halves, "of": of}}
        case "survival":
            return {"days": {"halves": survival(watched), "of": of}}
        case "saved":
            bounds = {"low": low or 0, "expected": total or 0, "high": high or 0}
            return {"saved": {**bounds, "n": stated, "of": of}}
    raise AssertionError(f"no such measure: {measure}")


def survival(watched):
    """Twice the median of the days until it happened (Kaplan and Meier), or nothing while half are left."""
    left, at_risk = Fraction(1), len(watched)
    for days, same in groupby(watched, key=lambda one: one[0]):
        happened = [bool(one[1]) for one in same]
        left *= 1 - Fraction(sum(happened), at_risk)
        at_risk -= len(happened)
        if left <= Fraction(1, 2):
            return 2 * days
    return None


def something(value):
    """Whether anything was counted in a cell."""
    (numbers,) = value.values()
    return any(numbers.values())
