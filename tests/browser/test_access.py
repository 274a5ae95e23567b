"""axe finds nothing, on full, empty and failed pages: WCAG 2.2 A and AA, and its best practice."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

import hostile
from nodes import one_of_each

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
NARROW = {"viewport": {"width": 320, "height": 800}}
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "narrow": NARROW, "narrow-dark": NARROW | {"color_scheme": "dark"}}


def check(watched, path, faults):
    """Notes what axe finds on the page that is open."""
    answer = Axe().run(watched.page, options=OPTIONS).response
    assert answer["passes"] or answer["incomplete"], f"{path}: axe looked at nothing"
    for found in answer["violations"]:
        nodes = "; ".join(node["html"][:200] + " " + str(node.get("failureSummary"))[:300] for node in found["nodes"][:3])
        faults.append(f"{path}: {found['id']} ({found['help']}): {nodes}")


@pytest.mark.parametrize("look", LOOKS)
def test_full_pages(reader, pages, look):
    watched, faults = reader(**LOOKS[look]), []
    for path in pages if look == "light" else one_of_each(pages):
        watched.go(path)
        check(watched, path, faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("tongue", ["nn", "en"])
def test_other_languages(reader, pages, gran, tongue):
    watched, faults = reader(), []
    for path in ("/", "/cases", gran.path("case", "Smartmat"), "/help", "/api"):
        watched.go(f"{path}?lang={tongue}")
        check(watched, path, faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("look", LOOKS)
def test_failures_and_what_is_gone(reader, spoilt, gone, look):
    watched, faults = reader(spoilt, **LOOKS[look]), []
    for path, status in (("/nowhere", 404), ("/case/" + "0" * 64, 404), ("/cases?sector=nowhere", 400)):
        watched.expect(path, status)
        check(watched, path, faults)
    for path in (*gone.values(), "/cases?q=qqxxzzyy", "/cases?theme=tema/omsorgstjenester&status=idea"):
        watched.go(path)
        check(watched, path, faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("look", LOOKS)
def test_hostile_records(reader, spoilt, attack, look):
    watched, faults = reader(spoilt, **LOOKS[look]), []
    for path in (*attack.values(), attack["case"] + "/story", attack["case"] + "/paper", "/cases?q=" + quote(hostile.IMAGE)):
        watched.go(path)
        check(watched, path, faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("look", LOOKS)
def test_a_node_on_which_there_is_nothing_yet(reader, empty, look):
    watched, faults = reader(empty, **LOOKS[look]), []
    for path in ("/", "/cases", "/needs", "/gatherings", "/themes", "/municipalities", "/network", "/help", "/api", "/cases?q=eldre", "/barometer", "/barometer/B1", "/barometer/mirror", "/barometer/releases", "/barometer/S1/records?series=in_use"):
        watched.go(path)
        watched.fits()
        check(watched, path, faults)
    assert not faults, "\n".join(faults)


def test_the_check_itself_finds_faults(reader):
    watched, faults = reader(), []
    page = watched.go("/help")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/assets/none\"><h6>x</h6>')")
    watched.expected.add(("/assets/none", 404))
    check(watched, "spoilt", faults)
    assert {fault.split(": ")[1].split(" ")[0] for fault in faults} >= {"image-alt", "heading-order"}
