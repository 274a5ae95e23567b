"""What hostile members write changes nothing but its own text."""

import json
import subprocess
from urllib.parse import quote

import pytest

import hostile
from nodes import binary

VIEWS = {"case": ["", "/story", "/paper"], "need": [""]}


@pytest.mark.parametrize("width", [320, 1280])
def test_hostile_records_are_shown_as_text(reader, spoilt, attack, width):
    watched = reader(spoilt, viewport={"width": width, "height": 800})
    for kind, path in attack.items():
        for view in VIEWS[kind]:
            page = watched.go(path + view)
            assert page.evaluate("window.__ran") == 0, f"{path}{view}: script of a record ran"
            heading = page.locator("h1, h2").filter(has_text="<script>" if kind == "case" else "<img src=x").first
            assert heading.is_visible(), "the markup is not shown as text"
            assert page.locator("main").locator("script, iframe, object, img, [onerror], [onload]").count() == 0
            assert page.locator('a[href^="javascript:" i]').count() == 0
            watched.fits()


def test_lists_with_hostile_records_stay_whole(reader, attack, spoilt):
    watched = reader(spoilt, viewport={"width": 320, "height": 800})
    org = spoilt.json("status")["org"]
    for path in ("/", "/cases", "/needs", f"/municipality/{org}", "/cases?q=" + quote(hostile.SCRIPT)):
        page = watched.go(path)
        assert page.evaluate("window.__ran") == 0, path
        watched.fits()


def test_bidirectional_controls_turn_only_their_own_text(reader, spoilt, attack):
    """What stands after a hostile title keeps its direction: the box of the next word begins left of its end."""
    watched = reader(spoilt)
    page = watched.go(attack["case"])
    turned = page.evaluate("""() => [...document.querySelectorAll('main a, main dt, main h2, main .meta span')]
        .filter((e) => e.children.length === 0 && e.textContent.trim().length > 3 && !/[<>\\u202e]/.test(e.textContent))
        .filter((e) => {
          const text = e.firstChild, range = document.createRange(), last = text.length - 1;
          range.setStart(text, 0); range.setEnd(text, 1); const first = range.getBoundingClientRect();
          range.setStart(text, last); range.setEnd(text, last + 1); const end = range.getBoundingClientRect();
          return first.width && first.top === end.top && first.left > end.left;
        }).map((e) => e.textContent)""")
    assert turned == []


def test_a_hostile_address_is_only_text(reader, spoilt):
    watched = reader(spoilt)
    for text in (hostile.SCRIPT, hostile.IMAGE, hostile.BREAKOUT, hostile.TURNED):
        page = watched.go("/cases?q=" + quote(text[:300]))
        assert page.evaluate("window.__ran") == 0
        assert page.locator("main").locator("script, img, [onerror], [onload]").count() == 0
        path = "/" + quote(text, safe="")
        watched.expect(path, 404)
        assert page.evaluate("window.__ran") == 0


def test_what_the_rules_forbid_is_refused(spoilt):
    for record in hostile.REFUSED:
        done = subprocess.run(
            [binary(), "case", "publish", "-", "--data", str(spoilt.directory)],
            input=json.dumps(record), capture_output=True, text=True, check=False,
        )
        assert done.returncode == 2 and "not accepted" in done.stderr, done.stderr
