"""Every answer of a node with data is as its own description says, whatever is asked; and a description that lies is
found out, so that the first says something."""

import copy
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import rdflib

from nodes import ROOT, Node, Process

KEPT = ROOT / "target" / "api"
HERE = Path(__file__).parent
MAX_SECONDS = 120
EXAMPLES = 50
SEED = 20261125


@pytest.fixture(scope="module")
def node():
    """The node of Gran in a federation of five with real examples."""
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True)
    demo = Process("demo", "--keep", str(KEPT / "nodes"), log=KEPT / "demo.log")
    try:
        demo.until(lambda: "stay up" in demo.log.read_text(), "demo")
        gran = Node(KEPT / "nodes" / "gran")
        # The search may begin anew once while members are admitted: it is ready when it has stayed whole.
        demo.until(lambda: whole(gran) and not time.sleep(1) and whole(gran), "everything in the search")
        yield gran
    finally:
        demo.end()


def whole(node):
    """Whether the search finds as many cases and needs as there are."""
    counts = [
        (read(node, f"/api/v1/{kind}s?limit=1")["total"], len(read(node, f"/api/v1/records?kind={kind}&limit=1000")["items"]))
        for kind in ("case", "need")
    ]
    return all(found == there > 0 for found, there in counts)


def read(node, path):
    with urllib.request.urlopen(node.address + path, timeout=MAX_SECONDS) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def document(node):
    """The description of the node, with names of things that are there for addresses that want one."""
    document = read(node, "/api/v1/openapi.json")
    there = {}
    for path in ("cases", "needs", "plans", "programmes", "collections", "awards", "municipalities", "records"):
        items = read(node, f"/api/v1/{path}")["items"]
        assert items, f"the node has no {path}"
        there[f"/api/v1/{path}/"] = [item.get("version") or item.get("id") or item["org"] for item in items[:3]]
    there["/api/v1/barometer/"] = [figure["indicator"] for figure in read(node, "/api/v1/barometer")["figures"][:3]]
    for path, item in document["paths"].items():
        for parameter in item["get"]["parameters"]:
            if parameter["in"] == "path":
                named = there[path.split("{")[0]]
                parameter["examples"] = {str(at): {"value": name} for at, name in enumerate(named)}
    return document


def hold(node, document, name, phases, *options):
    """Holds the node to a description; what was found."""
    path = KEPT / f"{name}.json"
    path.write_text(json.dumps(document, indent=1))
    return subprocess.run(
        [
            str(Path(sys.executable).parent / "st"), "--no-color", "run", str(path), "--url", node.address,
            "--checks", "all", "--phases", phases, "--max-examples", str(EXAMPLES),
            "--seed", str(SEED), "--report", "ndjson", "--report-ndjson-path", str(KEPT / f"{name}.ndjson"), *options,
        ],
        capture_output=True, text=True, timeout=MAX_SECONDS, check=False, cwd=KEPT,
        env=os.environ | {"SCHEMATHESIS_HOOKS": "formats", "PYTHONPATH": str(HERE)},
    )


def test_every_answer_is_as_it_is_described(node, document):
    done = hold(node, document, "described", "examples,coverage,fuzzing,stateful")
    assert done.returncode == 0, done.stdout + done.stderr
    # It warns where an address only ever refused.
    assert "WARNING" not in done.stdout, done.stdout


def test_the_maps_show_what_the_cases_say(node):
    """Of each case and each member: the arcs lead to those municipalities that told of using what was shared."""
    places = {mark["org"] for mark in read(node, "/api/v1/map")["marks"]}
    assert len(places) == 4, "KS has no place on a map"
    drawn = 0
    for item in read(node, "/api/v1/cases?limit=100")["items"]:
        case = read(node, f"/api/v1/cases/{item['id']}")
        shared = read(node, f"/api/v1/cases/{item['id']}/map")
        owner = case["standing"]["owner"]["org"]
        users = {reuse["by"]["org"] for reuse in case["reuses"] if reuse["standing"] != "withdrawn"} - {owner}
        told = [(arc["from"], arc["to"]) for arc in shared["arcs"]]
        assert sorted(told) == sorted((owner, user) for user in users & places if owner in places)
        assert {mark["org"] for mark in shared["marks"]} == ({owner} | users) & places
        drawn += len(told)
    assert drawn > 1, "no case of the demo has spread"
    for org in places:
        used_by = read(node, f"/api/v1/municipalities/{org}")["used_by"]
        arcs = read(node, f"/api/v1/municipalities/{org}/map")["arcs"]
        count = lambda user: sum(use["by"]["org"] == user for use in used_by)
        assert {arc["to"]: arc["cases"] for arc in arcs} == {use["by"]["org"]: count(use["by"]["org"]) for use in used_by if use["by"]["org"] in places}


def test_the_catalogue_is_what_data_norge_no_takes(node):
    """DCAT-AP-NO: what is mandatory is there, of the right kind, and every way to get something leads to it."""
    answer = urllib.request.urlopen(node.address.rstrip("/") + "/catalog.ttl", timeout=10)
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    graph = rdflib.Graph().parse(data=answer.read().decode(), format="turtle")
    dcat, dct = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.DCTERMS
    of = lambda kind: list(graph.subjects(rdflib.RDF.type, dcat[kind]))
    assert [len(of(kind)) for kind in ("Catalog", "Dataset", "Distribution", "DataService")] == [1, 2, 3, 1]
    for thing in of("Catalog") + of("Dataset") + of("DataService"):
        assert {text.language for text in graph.objects(thing, dct.title)} == {"nb", "nn", "en"}
        assert {text.language for text in graph.objects(thing, dct.description)} == {"nb", "nn", "en"}
        publisher = graph.value(thing, dct.publisher)
        assert graph.value(publisher, dct.identifier).toPython() == "961381541"
        assert graph.value(graph.value(thing, dcat.contactPoint), rdflib.Namespace("http://www.w3.org/2006/vcard/ns#").fn)
    for dataset in of("Dataset"):
        assert graph.value(dataset, dct.identifier) and graph.value(dataset, dcat.theme)
        assert str(graph.value(dataset, dct.accessRights)).endswith("/PUBLIC")
        for way in graph.objects(dataset, dcat.distribution):
            media = str(graph.value(way, dcat.mediaType)).removeprefix("https://www.iana.org/assignments/media-types/")
            got = urllib.request.urlopen(str(graph.value(way, dcat.accessURL)), timeout=10)
            assert got.status == 200 and got.headers["content-type"].startswith(media)
    assert read(node, "/api/v1/openapi.json")["openapi"].startswith("3.1")


def lies(document):
    """Descriptions that are wrong in one place each: the address to try, and what must be said of it."""
    def lie(change):
        other = copy.deepcopy(document)
        change(other)
        return other

    answers = lambda d, path: d["paths"][path]["get"]["responses"]
    parameter = lambda d, path, name: next(p for p in d["paths"][path]["get"]["parameters"] if p["name"] == name)
    schemas = lambda d: d["components"]["schemas"]
    return {
        "status": ("/api/v1/cases/{id}", "Undocumented status code", lie(lambda d: answers(d, "/api/v1/cases/{id}").pop("404"))),
        "type": ("/api/v1/themes", "Response violates schema", lie(lambda d: schemas(d)["Subject"]["properties"].update(cases={"type": "string"}))),
        "field": ("/api/v1/network", "Response violates schema", lie(lambda d: schemas(d)["Network"]["required"].append("colour"))),
        "value": ("/api/v1/network", "Response violates schema", lie(lambda d: schemas(d)["LogStand"].update(enum=["ended"]))),
        "media": ("/api/v1/cases", "Undocumented Content-Type", lie(lambda d: answers(d, "/api/v1/cases")["400"].update(content={"text/plain": {}}))),
        "bound": ("/api/v1/cases", "Schema-valid request rejected", lie(lambda d: parameter(d, "/api/v1/cases", "limit")["schema"].update(maximum=1000))),
    }


@pytest.mark.parametrize("name", ["status", "type", "field", "value", "media", "bound"])
def test_a_description_that_lies_is_found_out(node, document, name):
    path, said, wrong = lies(document)[name]
    done = hold(node, wrong, f"lie-{name}", "examples,coverage,fuzzing", "--include-path", path)
    assert done.returncode == 1 and said in done.stdout, done.stdout + done.stderr
