"""Where the made-up histories are, and the days at which they are counted."""

import os
from pathlib import Path

HISTORIES = sorted(p for p in Path(os.environ["IDENETT_HISTORIES"]).iterdir() if p.is_dir())
DAYS = ["2021-12-31", "2024-02-29", "2025-08-31", "2026-11-25"]
assert HISTORIES, "no history was written"
