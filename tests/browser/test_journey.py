"""A reader's way through the pages, in both written languages, with and without script."""

import re

import pytest

import words


def tongue(page):
    return page.locator("html").get_attribute("lang")


def switch(page, said):
    page.locator(".tongues").get_by_role("link", name=said["name"], exact=True).click()
    assert tongue(page) == said["id"]


def search(page, said, query):
    field = page.get_by_role("searchbox", name=said["label"]).first
    field.fill(query)
    page.get_by_role("search").first.get_by_role("button", name=said["search"], exact=True).click()
    page.wait_for_url(re.compile(r"/cases\?.*q="))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("said", words.NORWEGIAN, ids=lambda said: said["id"])
def test_from_a_question_to_a_case_to_who_uses_it_and_what_they_need(reader, said, script):
    watched = reader(java_script_enabled=script)
    page = watched.go("/")
    switch(page, said)
    search(page, said, said["query"])
    assert page.get_by_role("searchbox").first.input_value() == said["query"], "the question is forgotten"
    page.locator(".hits").get_by_role("link", name=said["case"]).first.click()

    case = page.url
    assert page.get_by_role("heading", level=1, name=said["case"]).is_visible()
    for heading in (said["problem"], said["reuse"]):
        assert page.get_by_role("heading", name=heading, exact=True).is_visible(), heading
    page.locator('section[aria-labelledby="reuse"] table').get_by_role("link", name=said["user"]).click()

    page.wait_for_url(re.compile("/municipality/"))
    assert page.get_by_role("heading", level=1, name=said["user"]).is_visible()
    wants = page.locator('section[aria-labelledby="needs"]')
    assert wants.get_by_role("heading", name=said["wants"]).is_visible()
    wants.get_by_role("link", name=said["need"]).click()

    page.wait_for_url(re.compile("/need/"))
    assert page.get_by_role("heading", name=said["answers"]).is_visible()
    assert tongue(page) == said["id"], "the language was forgotten on the way"
    page.go_back()
    page.go_back()
    assert page.url == case and tongue(page) == said["id"]
    page.get_by_role("link", name=said["home"], exact=True).click()
    assert tongue(page) == said["id"] and page.url == watched.address + "/"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_language_of_a_deep_page_is_switched_in_place(reader, gran, script):
    watched = reader(java_script_enabled=script)
    path = gran.path("case", "Smartmat")
    page = watched.go(path)
    for said in (words.NYNORSK, words.ENGLISH, words.BOKMAL):
        switch(page, said)
        assert page.url.startswith(watched.address + path), "switching the language lost the page"
        # The text of the case stays in the language in which it was written.
        assert page.locator("h1").get_attribute("lang") == "nb"
    assert page.locator(".tongues [aria-current]").inner_text() == "Bokmål"


def test_the_language_follows_the_browser_until_it_is_chosen(reader):
    for locale, id_ in (("nn-NO", "nn"), ("nb-NO", "nb"), ("en-GB", "en")):
        assert tongue(reader(locale=locale).go("/")) == id_


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_every_page_is_whole(reader, pages, script):
    watched = reader(java_script_enabled=script)
    for path in pages:
        page = watched.go(path)
        assert page.locator("h1").count() == 1, f"{path}: one heading of the first level"
        assert page.locator("main").inner_text().strip(), path
        assert page.title().endswith("– Idenett"), path


@pytest.mark.parametrize("said", words.NORWEGIAN, ids=lambda said: said["id"])
def test_case_as_story_paper_and_data(reader, gran, said):
    watched = reader(java_script_enabled=False)
    path = gran.path("case", "Smartmat")
    page = watched.go(f"{path}?lang={said['id']}")
    page.get_by_role("link", name=said["paper"]).click()
    assert page.get_by_role("heading", level=1, name=said["paper"]).is_visible()
    assert "Smartmat" in page.locator("#paper").inner_text()
    data = watched.context.request.get(f"{watched.address}{path}/json").json()
    assert "Smartmat" in str(data)


@pytest.mark.parametrize("said", [*words.NORWEGIAN, words.ENGLISH], ids=lambda said: said["id"])
def test_a_page_that_is_not_there_helps_on(reader, said):
    watched = reader(java_script_enabled=False)
    watched.go(f"/?lang={said['id']}")
    page = watched.expect("/case/" + "0" * 64, 404)
    assert page.get_by_role("heading", level=1, name=said["lost"]).is_visible()
    assert page.get_by_role("searchbox").is_visible()
    page.locator("main").get_by_role("link").first.click()
    assert page.url == watched.address + "/"


@pytest.mark.parametrize("said", words.NORWEGIAN, ids=lambda said: said["id"])
def test_what_is_taken_back_says_so(reader, spoilt, gone, said):
    watched = reader(spoilt)
    for state, text in (("withdraw", said["withdrawn"]), ("redact", said["redacted"])):
        page = watched.go(f"{gone[state]}?lang={said['id']}")
        assert page.locator(".alerts").get_by_text(text, exact=False).first.is_visible(), state
    page = watched.go("/cases")
    assert page.get_by_text("Prøve som skal bort (withdraw)").count() == 0


def test_style_and_script_are_loaded_once(reader):
    page = reader().go("/")
    page.goto(page.url + "cases", wait_until="networkidle")
    loaded = page.evaluate("performance.getEntriesByType('resource').map((e) => [e.name, e.transferSize])")
    assert len(loaded) >= 2, "the pages have no style or script"
    assert not [name for name, bytes_ in loaded if bytes_ > 0], f"fetched twice: {loaded}"
