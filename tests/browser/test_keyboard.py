"""By keyboard alone: everything is reached, in the order in which it stands, and one sees where one is."""

import pytest

import words
from nodes import one_of_each

MAX_STOPS = 400
# Where the focus is, and whether one sees it: an outline of its own or of the card around it, inside the window.
STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const ring = (n) => { const s = getComputedStyle(n); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; };
  const box = e.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  window.__stops = window.__stops || [];
  window.__stops.push(e);
  return { says: (e.tagName + ' ' + (e.innerText || e.getAttribute('aria-label') || e.name || '')).trim().slice(0, 80),
           seen: ring(e) || [...document.querySelectorAll('.ds-card')].some((c) => c.contains(e) && ring(c)), inside };
}"""
# What can be reached, in the order of the document.
ALL = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter((e) => !e.disabled && e.type !== 'hidden' && (e.checkVisibility ? e.checkVisibility() : e.getClientRects().length))
  .map((e) => (e.tagName + ' ' + (e.innerText || e.getAttribute('aria-label') || e.name || '')).trim().slice(0, 80))"""


def stops(page):
    """All stops of the tabulator on a page."""
    found = []
    for _ in range(MAX_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or page.evaluate("window.__stops.indexOf(document.activeElement) < window.__stops.length - 1"):
            return found
        found.append(stop)
    raise AssertionError(f"the tabulator does not get through {page.url}")


def tab_to(page, tag, text=""):
    """Goes on with the tabulator until the focus is on an element that says this."""
    for _ in range(MAX_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop and stop["says"].startswith(f"{tag} ") and text in stop["says"]:
            assert stop["seen"] and stop["inside"], f"one does not see the focus on {stop['says']}"
            return
    raise AssertionError(f"{text!r} is not reached on {page.url}")


def test_the_tabulator_goes_everywhere_in_order_and_is_seen(reader, pages):
    watched = reader()
    for path in one_of_each(pages):
        page = watched.go(path)
        wanted = page.evaluate(ALL)
        found = stops(page)
        assert [stop["says"] for stop in found] == wanted, path
        unseen = [stop["says"] for stop in found if not (stop["seen"] and stop["inside"])]
        assert not unseen, f"{path}: no visible focus on {unseen}"


@pytest.mark.parametrize("said", words.NORWEGIAN, ids=lambda said: said["id"])
def test_the_first_stop_leads_past_the_head(reader, said):
    watched = reader()
    page = watched.go(f"/cases?lang={said['id']}")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name=said["skip"])
    assert link.evaluate("e => e === document.activeElement") and link.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the head was not passed"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("said", words.NORWEGIAN, ids=lambda said: said["id"])
def test_the_whole_journey_by_keyboard(reader, said, script):
    watched = reader(java_script_enabled=script)
    page = watched.go(f"/?lang={said['id']}")
    tab_to(page, "INPUT")
    page.keyboard.type(said["query"])
    enter(page, "/cases?")
    tab_to(page, "A", said["case"])
    enter(page, "/case/")
    tab_to(page, "A", said["user"])
    enter(page, "/municipality/")
    tab_to(page, "A", said["need"])
    enter(page, "/need/")
    page.go_back()
    tab_to(page, "A", said["need"])


def enter(page, part):
    with page.expect_navigation(url=lambda url: part in url):
        page.keyboard.press("Enter")


def test_folded_texts_open_by_keyboard(reader, gran):
    watched = reader(java_script_enabled=False)
    page = watched.go(gran.path("case", "Smartmat"))
    folded = page.locator("details:visible").first
    assert folded.count() == 1 and folded.get_attribute("open") is None
    tab_to(page, "SUMMARY", folded.locator("summary").inner_text()[:40])
    page.keyboard.press("Enter")
    assert folded.get_attribute("open") is not None


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("said", words.NORWEGIAN, ids=lambda said: said["id"])
def test_the_menu_of_a_phone_is_one_row_that_opens(reader, said, script):
    watched = reader(java_script_enabled=script, viewport={"width": 320, "height": 800})
    page = watched.go(f"/needs?lang={said['id']}")
    menu, ways = page.locator(".menu"), page.locator(".menu a")
    assert menu.bounding_box()["height"] < 60 and not ways.first.is_visible()
    tab_to(page, "SUMMARY", "Meny")
    page.keyboard.press("Enter")
    assert ways.count() == 8 and all(way.is_visible() for way in ways.all())
    assert menu.locator("[aria-current]").inner_text() == said["needs"]
    watched.fits()
    tab_to(page, "A", said["cases"])
    enter(page, "/cases")
    assert not ways.first.is_visible(), "the next page begins with what it is about"


def test_a_wide_window_shows_the_menu_and_nothing_to_fold(reader):
    for width in (481, 1280):
        page = reader(java_script_enabled=False, viewport={"width": width, "height": 800}).go("/")
        assert all(way.is_visible() for way in page.locator(".menu a").all())
        assert not page.locator(".menu summary").is_visible()


def test_the_slash_goes_to_the_search_field(reader):
    watched = reader()
    page = watched.go("/cases")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("a/b")
    assert page.get_by_role("searchbox").input_value().endswith("a/b"), "a slash in the field is a letter"
