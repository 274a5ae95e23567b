"""How the pages look: narrow, dark, enlarged, on paper. Pictures of the main pages are kept."""

import pytest

import words
from nodes import one_of_each

# Lightness of a colour as rgb(...), from 0 to 1; enough to tell dark from light.
LIGHTNESS = """(selector) => {
  const style = getComputedStyle(document.querySelector(selector));
  const of = (text) => text.match(/[\\d.]+/g).slice(0, 3).reduce((sum, n) => sum + Number(n), 0) / 765;
  return { ground: of(style.backgroundColor), ink: of(style.color) };
}"""
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "320": {"viewport": {"width": 320, "height": 800}},
    "320-dark": {"viewport": {"width": 320, "height": 800}, "color_scheme": "dark"},
    "nynorsk": {"locale": "nn-NO"},
    "english": {"locale": "en-GB"},
}


@pytest.fixture(scope="session")
def main_pages(gran):
    org = gran.json("status")["org"]
    case = gran.path("case", "PILOTen Hadeland: to kommuner")
    return {
        "start": "/", "cases": "/cases", "search": "/cases?q=innovasjonsstrategi", "nothing": "/cases?q=qqxxzzyy",
        "case": case, "story": case + "/story", "paper": case + "/paper", "need": gran.path("need", "Unge som faller utenfor"),
        "plan": gran.path("plan", "Innovasjonsplakaten"), "collection": gran.path("collection", "Gode historier"),
        "gatherings": "/gatherings", "needs": "/needs", "themes": "/themes", "municipalities": "/municipalities", "municipality": f"/municipality/{org}",
        "network": "/network", "help": "/help", "barometer": "/barometer", "indicator": "/barometer/B13?by=sector", "mirror": "/barometer/mirror", "releases": "/barometer/releases", "records": "/barometer/S1/records?series=in_use",
    }


@pytest.mark.parametrize("look", LOOKS)
def test_pictures_are_kept(reader, main_pages, kept, look):
    watched = reader(**LOOKS[look])
    for name, path in main_pages.items():
        page = watched.go(path)
        page.screenshot(path=kept / "pictures" / f"{name}-{look}.png", full_page=True)
    page = watched.expect("/nowhere", 404)
    page.screenshot(path=kept / "pictures" / f"lost-{look}.png")


@pytest.mark.parametrize("look", ["light", "320-dark"])
def test_pictures_of_what_is_hostile_or_gone(reader, spoilt, attack, gone, kept, look):
    watched = reader(spoilt, **LOOKS[look])
    for name, path in {"hostile": attack["case"], "hostile-list": "/cases", **gone}.items():
        watched.go(path).screenshot(path=kept / "pictures" / f"{name}-{look}.png")


@pytest.mark.parametrize("width", [320, 400, 768, 1280])
def test_no_page_scrolls_sideways(reader, pages, width):
    watched = reader(viewport={"width": width, "height": 800})
    faults = []
    for path in pages if width == 320 else one_of_each(pages):
        watched.go(path)
        faults.append(watched.width_fault())
    assert not any(faults), "\n".join(filter(None, faults))


def test_lines_and_letters_may_be_spaced_out(reader, main_pages):
    """WCAG 1.4.12: with wider spacing nothing is cut off or scrolls sideways."""
    watched = reader(viewport={"width": 320, "height": 800})
    for path in main_pages.values():
        page = watched.go(path)
        page.evaluate("""() => { const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
            document.adoptedStyleSheets = [sheet]; }""")
        watched.fits()


def test_dark_is_dark_and_light_is_light(reader, main_pages):
    for scheme in ("light", "dark"):
        watched = reader(color_scheme=scheme)
        for path in main_pages.values():
            page = watched.go(path)
            seen = page.evaluate(LIGHTNESS, "body")
            assert (seen["ground"] < 0.2 and seen["ink"] > 0.8) == (scheme == "dark"), f"{path}: {seen}"
            assert (seen["ground"] > 0.8 and seen["ink"] < 0.2) == (scheme == "light"), f"{path}: {seen}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_shows_the_text_and_nothing_else(reader, main_pages, kept, scheme):
    watched = reader(color_scheme=scheme, viewport={"width": 794, "height": 1123})
    for name in ("case", "story", "paper", "need", "municipality", "cases"):
        page = watched.go(main_pages[name])
        page.emulate_media(media="print")
        for hidden in (".head", ".menu", ".foot", ".ds-skip-link", ".ds-breadcrumbs", ".no-print"):
            assert page.locator(f"{hidden}:visible").count() == 0, f"{name}: {hidden} is printed"
        assert page.locator("h1").is_visible() and page.locator("main").inner_text().strip()
        seen = page.evaluate(LIGHTNESS, "body")
        assert seen["ground"] > 0.95 and seen["ink"] < 0.2, f"{name}: {scheme} on paper is {seen}"
        watched.fits()
        if scheme == "light":
            page.screenshot(path=kept / "pictures" / f"{name}-print.png", full_page=True)
            page.pdf(path=kept / "pictures" / f"{name}.pdf", format="A4")
        page.emulate_media(media="screen")


def test_the_text_is_large_enough_and_targets_too(reader, main_pages):
    watched = reader(viewport={"width": 320, "height": 800})
    page = watched.go("/")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18
    small = page.evaluate("""() => [...document.querySelectorAll('button, input, .menu a, .menu summary, .tongues a, .ds-chip')]
        .filter((e) => e.checkVisibility()).map((e) => [e.outerHTML.slice(0, 100), e.getBoundingClientRect().height])
        .filter(([, height]) => height < 44)""")
    assert not small, small


@pytest.mark.parametrize("said", words.NORWEGIAN, ids=lambda said: said["id"])
def test_no_text_is_missing_in_a_language(reader, pages, said):
    """A text that is missing would show as its name, or as a sign of the template language."""
    watched = reader()
    watched.go(f"/?lang={said['id']}")
    for path in one_of_each(pages):
        page = watched.go(path)
        text = page.locator("body").inner_text()
        for sign in ("{ $", "{{", "undefined", "\u2068", "???"):
            assert sign not in text, f"{path}: {sign!r} is shown"
