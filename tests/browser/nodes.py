"""Real nodes whose pages are read, and what is published on them for it."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_START_SECONDS = 60
MAX_COMMAND_SECONDS = 30
# Pages that a walk visits at most, and of one kind (cases, needs, municipalities ...).
MAX_PAGES = 120
MAX_OF_ONE_KIND = 4


def binary():
    """The built program: named by IDENETT_BINARY, or the newest under target/."""
    named = os.environ.get("IDENETT_BINARY")
    if named:
        return named
    built = [*ROOT.glob("target/release/idenett"), *ROOT.glob("target/*/release/idenett")]
    built.sort(key=lambda path: path.stat().st_mtime)
    assert built, "there is no program to test: cargo build --release, or set IDENETT_BINARY"
    return str(built[-1])


class Node:
    """A running node with pages."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.address = self.json("status")["web"]
        assert self.address, f"{directory} serves no pages"

    def run(self, *arguments, text=None):
        """What a command prints."""
        done = subprocess.run(
            [binary(), *arguments, "--data", str(self.directory)],
            input=text, capture_output=True, text=True, timeout=MAX_COMMAND_SECONDS, check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    def json(self, *arguments, text=None):
        return json.loads(self.run(*arguments, "--json", text=text))

    def publish(self, kind, record):
        """Publishes a case or need; its id."""
        self.run(kind, "publish", "-", "--no-personal-data", text=json.dumps(record))
        newest = [row for row in self.json(kind, "list") if row["title"] == " ".join(record["title"].split())]
        assert newest, f"{record['title']!r} was published and is not listed"
        return newest[0]["id"]

    def id_of(self, kind, title):
        """The id of the thing whose title begins so."""
        ids = [row["id"] for row in self.json(kind, "list") if (row["title"] or "").startswith(title)]
        assert len(ids) == 1, f"{title!r}: {len(ids)} of kind {kind}"
        return ids[0]

    def path(self, kind, title):
        return f"/{kind}/{self.id_of(kind, title)}"


class Process:
    """A program that is ended when the tests are."""

    def __init__(self, *arguments, log):
        self.log = Path(log)
        with self.log.open("w") as out:
            self.process = subprocess.Popen([binary(), *arguments], stdout=out, stderr=subprocess.STDOUT)

    def until(self, ready, what):
        """Waits for a condition while the program runs."""
        end = time.monotonic() + MAX_START_SECONDS
        while not ready():
            assert self.process.poll() is None, f"it ended before {what}: {self.log.read_text()}"
            assert time.monotonic() < end, f"no {what} after {MAX_START_SECONDS} s: {self.log.read_text()}"
            time.sleep(0.05)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(MAX_START_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Links(HTMLParser):
    """The addresses on this server that a page leads to."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        href = dict(attributes).get("href", "")
        if tag == "a" and href.startswith("/"):
            self.found.append(href.split("#")[0])


def kind_of(path):
    """Pages with the same kind are made by the same template, with the same parts."""
    plain, _, query = path.partition("?")
    parts = plain.split("/")
    return parts[1], tuple(parts[3:]), bool(query)


def walk(address):
    """Pages that a reader reaches from the start page: all lists, some of each kind."""
    seen, queue, pages, kinds = {"/"}, ["/"], [], {}
    while queue and len(pages) < MAX_PAGES:
        path = queue.pop(0)
        kind = kind_of(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > MAX_OF_ONE_KIND:
            continue
        with urllib.request.urlopen(address + path, timeout=MAX_COMMAND_SECONDS) as answer:
            if not answer.headers["content-type"].startswith("text/html"):
                continue
            pages.append(path)
            found = Links(answer.read().decode()).found
        for link in found:
            # The language is a matter of every page, not a page of its own.
            if link not in seen and "lang=" not in link:
                seen.add(link)
                queue.append(link)
    return pages


def one_of_each(pages):
    """The first page of each kind."""
    kinds = {}
    for path in pages:
        kinds.setdefault(kind_of(path), path)
    return list(kinds.values())
