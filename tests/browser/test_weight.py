"""What the first visit costs: everything that is transferred, with nothing kept from before."""

import json
import os

MAX_FIRST_LOAD_BYTES = 100_000


def test_the_first_visit_is_light(reader, gran):
    cases = {"the start page": "/", "a case": gran.path("case", "PILOTen Hadeland: to kommuner"), "the API": "/api"}
    for name, path in cases.items():
        watched = reader()
        watched.go(path)
        watched.page.wait_for_load_state("networkidle")
        sizes = [request.sizes() for request in watched.requests if not request.url.startswith("data:")]
        assert len(sizes) >= 3, "style and script were not loaded"
        body = sum(size["responseBodySize"] for size in sizes)
        figure(f"first load of {name}", body, f"{len(sizes)} requests")
        assert body <= MAX_FIRST_LOAD_BYTES, f"{name}: {body} bytes"


def figure(what, bytes_, note):
    """Prints a figure, and writes it where the figures of the run are collected."""
    print(f"{what}: {bytes_ / 1000:.1f} kB, limit {MAX_FIRST_LOAD_BYTES / 1000:.0f} kB")
    path = os.environ.get("IDENETT_FIGURES")
    if path:
        row = {"what": what, "figure": bytes_ / 1000, "limit": MAX_FIRST_LOAD_BYTES / 1000, "at_least": False, "unit": "kB", "note": note}
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
