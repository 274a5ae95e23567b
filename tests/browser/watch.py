"""A page that is watched: whatever it must never do is noted, and fails the test at its end."""

from urllib.parse import urlsplit

# Said by the page itself about what its policy stopped. Runs before anything of the page, where script is on.
LISTEN = """
window.__refused = [];
document.addEventListener('securitypolicyviolation', (e) => window.__refused.push(e.violatedDirective + ' ' + e.blockedURI));
window.__ran = 0;
"""
# Also works where script of the page is off: the browser's own tools may look.
TOO_WIDE = """() => {
  const shown = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll('body *')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && box.right > shown + 1 && !e.ownerSVGElement && !e.closest('.table-frame, pre, .ds-sr-only, .ds-skip-link');
  });
  return { scroll: document.scrollingElement.scrollWidth, inner: window.innerWidth,
           first: wide.slice(0, 4).map((e) => e.outerHTML.slice(0, 160)) };
}"""


class Watched:
    """What a reader's window did."""

    def __init__(self, context, address):
        self.context = context
        self.address = address
        self.host = urlsplit(address).netloc
        self.faults = []
        self.requests = []
        # Answers that a test asks for on purpose, as 404: the browser writes them to the console.
        self.expected = set()
        context.add_init_script(LISTEN)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda fault: self.faults.append(f"script failed: {fault.error}"))
        context.on("dialog", self._dialog)
        context.on("page", lambda page: page.on("close", lambda _: None))
        self.page = context.new_page()

    def _request(self, request):
        self.requests.append(request)
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.netloc != self.host:
            self.faults.append(f"request to a foreign host: {request.url}")

    def _console(self, message):
        if message.type not in ("error", "warning"):
            return
        where = message.location.get("url", "")
        if any(where.endswith(path) and str(status) in message.text for path, status in self.expected):
            return
        self.faults.append(f"console {message.type}: {message.text} ({where})")

    def _dialog(self, dialog):
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def expect(self, path, status):
        """Goes where an answer other than 200 is right."""
        self.expected.add((path, status))
        return self.go(path, status)

    def go(self, path, status=200):
        answer = self.page.goto(self.address + path)
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page

    def width_fault(self):
        """What makes the page scroll sideways, or None."""
        seen = self.page.evaluate(TOO_WIDE)
        if seen["scroll"] <= seen["inner"] and not seen["first"]:
            return None
        return f"{self.page.url}: {seen['scroll']} px of {seen['inner']}: {seen['first']}"

    def fits(self):
        fault = self.width_fault()
        assert fault is None, fault

    def blameless(self):
        """Nothing that must not happen has happened."""
        for page in self.context.pages:
            refused = page.evaluate("() => window.__refused || []")
            self.faults += [f"policy refused: {one}" for one in refused]
        assert not self.faults, "\n".join(self.faults)
