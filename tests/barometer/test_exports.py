"""What other programs read from the exports is what the program counted."""

import csv
import json
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest
from pyjstat import pyjstat

from histories import HISTORIES

SIGNS = {".", "..", ":", "-"}


@pytest.fixture(scope="module")
def directory():
    """The history of which every export was written."""
    return next(path for path in HISTORIES if (path / "figures.csv").exists())


@pytest.fixture(scope="module")
def rows(directory):
    """The rows of the comma-separated values."""
    with open(directory / "figures.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_comma_separated_values_are_what_was_counted(directory, rows):
    """Every numerator and denominator, against the figures themselves."""
    told = json.loads((directory / "figures.json").read_text())
    statistics = next(s for s in told if s["date"] == "2026-11-25" and s["period"] == "24m")
    there = {(r["indicator"], r["dimension"], r["structure"], r["series"], r["part"]): r for r in rows}
    assert len(there) == len(rows) > 10_000
    compared = 0
    for figure in statistics["figures"]:
        for cell in figure["cells"]:
            row = there[figure["indicator"], figure["dimension"], figure["basis"], cell["series"], cell["part"]]
            ((kind, numbers),) = cell["value"].items()
            assert row["numerator"] == str(numbers.get("n", numbers.get("sum", ""))), row
            assert row["denominator"] == str(numbers.get("of", "")), row
            if kind == "saved":
                assert [row["low"], row["high"]] == [str(numbers["low"]), str(numbers["high"])]
            if kind == "share":
                of = numbers["of"]
                sign = "." if of == 0 else ":" if of < 5 else "-" if numbers["n"] == 0 else None
                assert row["value"] == sign or abs(float(row["value"]) - 100 * numbers["n"] / of) <= 0.0500001, row
            compared += 1
    assert compared > 1_000


def test_no_cell_is_a_formula(rows):
    """Titles of programmes begin with an equals sign in this history."""
    titles = 0
    for row in rows:
        for column, cell in row.items():
            if cell[:1] in "=+-@\t\r" and cell:
                assert column in ("value", "numerator", "low", "high"), row
                assert cell in SIGNS or float(cell) < 0, row
        titles += row["part_label"].startswith("'=1+")
    assert titles > 50


def test_the_workbook_holds_the_same_and_no_formula(directory, rows):
    book = openpyxl.load_workbook(directory / "figures.xlsx")
    about, *sheets = book.worksheets
    assert [sheet.title for sheet in sheets] == sorted({r["indicator"] for r in rows}, key=order)
    for sheet in sheets:
        expected = [row for row in rows if row["indicator"] == sheet.title]
        found = list(sheet.iter_rows(min_row=2))
        assert len(found) == len(expected), sheet.title
        for cells, row in zip(found, expected):
            assert all(cell.data_type != "f" for cell in cells), row
            _, _, part, label, series, _, _, value, *numbers = [cell.value for cell in cells]
            assert (part, series) == (row["part"], row["series"])
            assert label == row["part_label"].removeprefix("'")
            assert str(value) == row["value"] if row["value"] in SIGNS else abs(value - float(row["value"])) < 1e-9
            told = [row[name] for name in ("numerator", "denominator", "low", "high")]
            assert [None if n == "" else int(n) for n in told] == [None if n is None else int(n) for n in numbers], row
    texts = [cell.value for line in about.iter_rows() for cell in line if cell.value]
    assert "Gjenbruksbarometeret" in texts and "2026-11-25" in texts
    assert all(indicator in texts for indicator in {r["indicator"] for r in rows})
    assert any("spør virksomheter" in text for text in texts), "it is not told what is no same measure"


def order(indicator):
    return indicator[0], int(indicator[1:])


def test_the_workbook_asks_for_nothing_outside(directory):
    with zipfile.ZipFile(directory / "figures.xlsx") as book:
        assert book.testzip() is None
        assert not [name for name in book.namelist() if "externalLink" in name or "vba" in name.lower()]


def test_json_stat_datasets_are_read_by_others(directory, rows):
    """pyjstat makes of each dataset the table that the comma-separated values hold."""
    there = {}
    for row in rows:
        place = (row["indicator"], row["dimension"], row["structure"])
        there.setdefault(place, {})[row["part"], row["series"]] = row
    read = 0
    for line in (directory / "figures.jsonstat").read_text().splitlines():
        told = json.loads(line)
        facts = told["extension"]
        expected = there.get((facts["indicator"], facts["dimension"], facts["structure"]), {})
        assert (told["size"] == [0, 0]) == (not expected)
        if not expected:
            continue
        frame = pyjstat.Dataset.read(line).write("dataframe", naming="id")
        assert list(frame.columns) == ["part", "series", "value"]
        assert len(frame) == told["size"][0] * told["size"][1] >= len(expected)
        for at, (part, series, value) in enumerate(frame.itertuples(index=False)):
            row = expected.get((part, series))
            sign = told.get("status", {}).get(str(at))
            if row is None:
                assert value != value and sign in SIGNS
            elif sign is None:
                assert float(row["value"]) == value
                read += 1
            else:
                assert row["value"] == sign
        labels = pyjstat.Dataset.read(line).write("dataframe")
        assert len(labels) == len(frame)
    assert read > 3_000


def test_every_table_is_described_with_its_columns(directory):
    """Against the page that people read."""
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text()
    described = {}
    for line in page.splitlines():
        if line.startswith("| `"):
            table, _, columns = [cell.strip() for cell in line.strip("|").split("|")]
            # What stands in brackets tells what a column may hold.
            named = "".join(part.split(")")[-1] for part in columns.split("("))
            described[table.strip("`")] = [name.strip(" `") for name in named.split(",")]
    tables = sorted(directory.glob("*.parquet"))
    assert sorted(described) == [table.stem for table in tables]
    for table in tables:
        columns = duckdb.sql(f"DESCRIBE FROM read_parquet('{table}')").fetchall()
        assert [column[0] for column in columns] == described[table.stem], table.stem
