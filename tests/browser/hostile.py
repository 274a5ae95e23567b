"""Records as an attacker would write them, and a plain one."""

# Sets a mark that the tests look for, wherever a browser would take it for script.
RUN = "window.__ran=1;alert(1)"
SCRIPT = f"<script>{RUN}</script>"
IMAGE = f'"><img src=x onerror="{RUN}">'
BREAKOUT = f"'\"></title></textarea></style><svg onload={RUN}>{{{{7*7}}}}${{7*7}}"
LINK = "javascript:window.__ran=1"
# Overrides, isolates and marks of direction, without their ends.
TURNED = "\u202etxet denrut\u2067\u2066\u200f"
# As long as the rules let a word of prose be.
MAX_PROSE_CHARS = 20_000
TOO_LONG = "Ø" * 100_000
LONG = "Ø" * MAX_PROSE_CHARS
MARKUP = f"{SCRIPT} {IMAGE} {BREAKOUT}\n\n[trykk her]({LINK}) <a href='{LINK}'>her</a> {TURNED} og mer"

PLAIN = {
    "title": "Prøve",
    "summary": "En prøve som er skrevet for testen.",
    "problem": "Noe trengtes.",
    "solution": "Noe ble gjort.",
    "status": "in_use",
    "types": ["service"],
    "sector": "health_care",
    "themes": ["tema/omsorgstjenester"],
    "origin": "first",
}
CASE = PLAIN | {
    "title": f"{SCRIPT} {TURNED} {'W' * 50}",
    "summary": f"{IMAGE} {TURNED} {'M' * 200}",
    "problem": MARKUP,
    "solution": LONG,
    "core": MARKUP,
    "lessons": LONG,
    "story": MARKUP + LONG[: MAX_PROSE_CHARS // 2],
    "values": [{"kind": "quality", "observed": True, "text": f"{IMAGE} {'Q' * 400}"}],
    "regulations": [f"{BREAKOUT}", "R" * 500],
    "builds_on": [f"{SCRIPT} {TURNED}"],
    "links": [{"url": "https://example.org/?%22%3E%3Cscript%3E" + "u" * 400, "title": f"{IMAGE}"}],
}
NEED = {
    "title": f"{IMAGE} {TURNED} {'W' * 40}",
    "situation": MARKUP,
    "affected": LONG,
    "tried_before": MARKUP,
    "themes": ["tema/omsorgstjenester"],
    "sector": "health_care",
    "status": "open",
}
# What the rules refuse outright.
REFUSED = [PLAIN | {"links": [{"url": LINK}]}, PLAIN | {"problem": TOO_LONG}]
