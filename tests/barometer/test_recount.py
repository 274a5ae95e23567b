"""What the program counts from a made-up history, SQL counts from the tables of the same history."""

import json

import pytest

from histories import DAYS, HISTORIES
from recount import INDICATORS, Facts, something

# Nothing differs where nothing was compared.
MIN_CELLS_COMPARED = 20_000


@pytest.fixture(scope="module", params=HISTORIES, ids=lambda path: path.name)
def history(request):
    figures = json.loads((request.param / "figures.json").read_text())
    return Facts(request.param), figures


@pytest.mark.parametrize("day", DAYS)
def test_every_figure_is_the_same(history, day):
    facts, figures = history
    compared, different = compare(facts, figures, day)
    assert not different, f"{len(different)} of {compared} cells differ, the first: {different[:12]}"
    assert compared > MIN_CELLS_COMPARED


# A use that counts today by one declaration alone, of a case that is in use and confirmed.
ALONE = """SELECT min(reuse_id) FROM (
    SELECT case_id, org, min(reuse_id) AS reuse_id, min(valid_until) AS valid_until
    FROM counted SEMI JOIN (FROM state_of_cases WHERE in_use AND confirmed) USING (case_id)
    WHERE day = getvariable('day') GROUP BY case_id, org HAVING count(*) = 1
)"""
LIES = {
    "reuse": f"UPDATE reuse_versions SET status = 'stopped' WHERE reuse_id = ({ALONE})",
    "confirmation": f"DELETE FROM confirmations WHERE thing_id = ({ALONE} WHERE valid_until < getvariable('day'))",
    "sector": """UPDATE case_versions SET sector = 'culture' WHERE version_id = (
        SELECT min(version_id) FROM state_of_cases WHERE in_use AND confirmed AND sector <> 'culture')""",
    "reform": "DELETE FROM reforms WHERE reform = (SELECT min(reform) FROM ended)",
}


@pytest.mark.parametrize("history", HISTORIES[:1], indirect=True, ids=lambda path: path.name)
@pytest.mark.parametrize("lie", LIES)
def test_a_lie_in_one_fact_is_found_out(history, lie):
    """So that the first says something."""
    facts, figures = history
    day = DAYS[-1]
    facts.at(day)
    facts.base.execute("BEGIN TRANSACTION")
    (changed,) = facts.base.execute(LIES[lie]).fetchone()
    _, different = compare(facts, figures, day)
    facts.base.execute("ROLLBACK")
    assert changed > 0 and different


def compare(facts, figures, day):
    """How many cells of a day were compared, and those that differ."""
    facts.at(day)
    compared, different = 0, []
    for statistics in (s for s in figures if s["date"] == day):
        facts.period(statistics["period"])
        told = {indicator: {} for indicator in INDICATORS}
        for figure in statistics["figures"]:
            dimension = figure["dimension"] + ("_then" if figure["basis"] == "then" else "")
            for cell in figure["cells"]:
                if something(cell["value"]):
                    told[figure["indicator"]][dimension, cell["series"], cell["part"]] = cell["value"]
        for indicator, cells in told.items():
            counted = facts.count(indicator)
            places = cells.keys() | counted.keys()
            compared += len(places)
            for place in sorted(place for place in places if cells.get(place) != counted.get(place)):
                different.append((indicator, statistics["period"], *place, cells.get(place), counted.get(place)))
    return compared, different
