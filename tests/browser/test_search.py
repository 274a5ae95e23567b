"""Searching: what is found, how it is narrowed, kept, followed and compared."""

import re
import xml.etree.ElementTree as xml

import pytest

import words
from test_access import LOOKS, check

ATOM = "{http://www.w3.org/2005/Atom}"
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
QUERY = "/cases?q=innovasjon"


def count(page):
    """The number of cases that the page says it found."""
    return int(re.search(r"\d+", page.get_by_role("status").inner_text()).group())


def choose(page, script, box):
    """Checks a box that narrows the list, and waits for the list."""
    with page.expect_navigation():
        box.check()
        if not script:
            page.locator('.results__side button[type="submit"]').click()


def sectors(page):
    """The choices of sector, unfolded."""
    facet = page.locator("details.ds-details").filter(has=page.locator('input[name="sector"]'))
    if facet.get_attribute("open") is None:
        facet.locator("summary").click()
    return facet


@pytest.mark.parametrize("said", words.NORWEGIAN, ids=lambda said: said["id"])
def test_either_written_language_finds_the_other(reader, said):
    page = reader().go(f"/cases?q={said['query']}&lang={said['id']}")
    titles = page.locator(".hits h3").all_inner_texts()
    assert any(said["case"] in title for title in titles[:3]), titles


@SCRIPTS
def test_a_list_is_narrowed_widened_and_kept_as_an_address(reader, script):
    watched = reader(java_script_enabled=script)
    page = watched.go(QUERY)
    before = count(page)
    facet = sectors(page)
    box = facet.locator("input").first
    label = facet.locator("label").first
    name, promised = label.locator("bdi").inner_text(), int(label.locator(".count").inner_text())
    choose(page, script, box)
    assert count(page) == promised < before
    assert page.get_by_role("searchbox").input_value() == "innovasjon", "narrowing forgot the question"

    kept = page.url.removeprefix(watched.address)
    elsewhere = reader(java_script_enabled=False).go(kept)
    assert count(elsewhere) == promised, "the address alone does not give the same list"

    page.locator("a.ds-chip").filter(has_text=name).click()
    assert count(page) == before and page.locator("a.ds-chip").count() == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_narrowing_by_keyboard_keeps_the_place(reader, width):
    """The list follows each choice at once; whoever uses the keyboard must not begin at the top each time."""
    page = reader(viewport={"width": width, "height": 800}).go(QUERY)
    if page.locator(".narrow-down").get_attribute("open") is None:
        page.locator(".narrow-down > summary").click()
    facet = sectors(page)
    box = facet.locator("input").first
    value = box.get_attribute("value")
    box.focus()
    with page.expect_navigation():
        page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.value") == value


@SCRIPTS
def test_two_cases_are_compared(reader, script):
    watched = reader(java_script_enabled=script)
    page = watched.go(QUERY)
    titles = [page.locator(".hits h3").nth(n).inner_text() for n in (0, 1)]
    picks = page.locator('.hits input[name="id"]')
    picks.nth(0).check()
    page.locator('form[action="/compare"] button').click()
    assert page.locator("table").count() == 0 and page.locator("main .ds-alert").is_visible(), "one is not enough"
    page.go_back()
    for n in (0, 1):
        picks.nth(n).check()
    page.locator('form[action="/compare"] button').click()
    heads = page.locator("table thead th").all_inner_texts()
    assert len(heads) == 2 and all(title in head for title, head in zip(titles, heads)), heads
    assert page.locator("table tbody tr").count() >= 5


def test_a_search_can_be_followed(reader):
    watched = reader()
    page = watched.go(QUERY)
    titles = {title.strip() for title in page.locator(".hits h3").all_inner_texts()}
    hrefs = {kind: page.locator(f'link[rel="alternate"][type="application/{kind}"]').get_attribute("href")
             for kind in ("atom+xml", "feed+json")}
    atom = watched.context.request.get(watched.address + hrefs["atom+xml"])
    entries = xml.fromstring(atom.body()).findall(f"{ATOM}entry")
    feed = watched.context.request.get(watched.address + hrefs["feed+json"]).json()
    assert feed["version"].startswith("https://jsonfeed.org/version/1")
    for found in ({e.findtext(f"{ATOM}title") for e in entries}, {item["title"] for item in feed["items"]}):
        assert titles <= found or found <= titles, "a feed holds something else than the list"
        assert found


@pytest.mark.parametrize("said", words.NORWEGIAN, ids=lambda said: said["id"])
def test_what_nobody_answers_becomes_a_need(reader, said):
    page = reader(java_script_enabled=False).go(f"/cases?q=qqxxzzyy&lang={said['id']}")
    assert count_or_none(page) == 0
    assert 'title = "qqxxzzyy"' in page.locator("main pre").first.inner_text()
    assert page.locator("main").get_by_text(said["as-need"]).is_visible()


def count_or_none(page):
    found = re.search(r"\d+", page.get_by_role("status").inner_text())
    return int(found.group()) if found else 0


@pytest.mark.parametrize("look", LOOKS)
def test_results_and_comparison_have_no_barriers(reader, gran, look):
    watched, faults = reader(**LOOKS[look]), []
    ids = [row["id"] for row in gran.json("case", "list")[:4]]
    compared = "/compare?" + "&".join(f"id={case}" for case in ids)
    for path in (QUERY, QUERY + "&sector=administration", compared, "/compare", "/cases?q=LEAN&sort=newest"):
        watched.go(path)
        watched.fits()
        check(watched, path, faults)
    assert not faults, "\n".join(faults)
