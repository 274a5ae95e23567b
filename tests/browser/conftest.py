"""The browser, the nodes and the records that all tests share."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import hostile
from nodes import ROOT, Node, Process, walk
from watch import Watched

KEPT = ROOT / "target" / "browser"
CHROMIUM = os.environ.get("IDENETT_CHROMIUM", "/usr/bin/chromium")
# For an answer of a node on this machine.
MAX_WAIT_MS = 10_000


@pytest.fixture(scope="session")
def kept():
    """Where pictures and logs of the run stay."""
    shutil.rmtree(KEPT, ignore_errors=True)
    (KEPT / "pictures").mkdir(parents=True)
    return KEPT


@pytest.fixture(scope="session")
def gran(kept):
    """The node of Gran in a federation of five with real examples."""
    demo = Process("demo", "--keep", str(kept / "nodes"), log=kept / "demo.log")
    try:
        demo.until(lambda: "stay up" in demo.log.read_text(), "demo")
        yield Node(kept / "nodes" / "gran")
    finally:
        demo.end()


def founded(directory, log):
    """A running node that is a federation of its own. Yields it, and ends it."""
    done = Process(
        "init", "--data", str(directory), "--org", "961381541", "--name", "Gran", "--number", "3446", "--language", "nn",
        "--new-federation", "Prøvenettet", log=log,
    )
    assert done.process.wait(MAX_WAIT_MS / 1000) == 0, done.log.read_text()
    running = Process("run", "--data", str(directory), "--web", "127.0.0.1:0", log=log)
    try:
        running.until(lambda: "the node runs" in log.read_text(), "node")
        yield Node(directory)
    finally:
        running.end()


@pytest.fixture(scope="session")
def empty(kept):
    """A node on which nothing was published yet."""
    yield from founded(kept / "empty", kept / "empty.log")


@pytest.fixture(scope="session")
def spoilt(kept):
    """A node that holds hostile records, and some that were taken back."""
    for node in founded(kept / "spoilt", kept / "spoilt.log"):
        node.run("contact", "publish", "--function", hostile.IMAGE, "--mailbox", "innovasjon@gran.kommune.no")
        yield node


@pytest.fixture(scope="session")
def pages(gran):
    """Addresses that a reader reaches from the start page."""
    found = walk(gran.address)
    lists = ("/cases", "/needs", "/gatherings", "/themes", "/municipalities", "/network", "/help", "/api", "/barometer")
    for kind in (*lists, "/case/", "/need/", "/plan/", "/programme/", "/collection/", "/award/", "/municipality/"):
        assert any(path.startswith(kind) for path in found), f"no page leads to {kind}"
    return found


@pytest.fixture(scope="session")
def attack(spoilt):
    """Hostile records, as paths: one case, one need."""
    return {
        "case": f"/case/{spoilt.publish('case', hostile.CASE)}",
        "need": f"/need/{spoilt.publish('need', hostile.NEED)}",
    }


@pytest.fixture(scope="session")
def gone(spoilt):
    """A withdrawn and a redacted case, as paths."""
    paths = {}
    for state in ("withdraw", "redact"):
        record = hostile.PLAIN | {"title": f"Prøve som skal bort ({state})"}
        paths[state] = spoilt.publish("case", record)
    spoilt.run("case", "withdraw", paths["withdraw"], "--reason", "outdated", "--text", "Tilbudet er lagt ned.")
    spoilt.run("case", "redact", paths["redact"], "--reason", "personal_data", "--yes")
    return {state: f"/case/{case}" for state, case in paths.items()}


@pytest.fixture(scope="session")
def chromium():
    assert Path(CHROMIUM).exists(), f"there is no browser at {CHROMIUM}"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def reader(chromium, gran):
    """Opens windows of readers with nothing remembered, and holds them to account at the end of the test."""
    opened = []

    def opening(node=gran, **options):
        context = chromium.new_context(**({"locale": "nb-NO", "viewport": {"width": 1280, "height": 900}} | options))
        context.set_default_timeout(MAX_WAIT_MS)
        opened.append(Watched(context, node.address))
        return opened[-1]

    yield opening
    faults = []
    for watched in opened:
        try:
            watched.blameless()
        except AssertionError as fault:
            faults.append(str(fault))
        watched.context.close()
    assert not faults, "\n".join(faults)
