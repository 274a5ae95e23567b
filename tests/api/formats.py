"""What schemathesis must know of our formats: organisation numbers have a check digit."""

import schemathesis
from hypothesis import strategies as st

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def organisation_number(first_eight):
    """The number that begins so; none where its check digit would be 10."""
    digit = -sum(int(d) * w for d, w in zip(str(first_eight), WEIGHTS)) % 11
    return None if digit == 10 else f"{first_eight}{digit}"


numbers = st.integers(10_000_000, 99_999_999).map(organisation_number).filter(bool)
schemathesis.openapi.format("organisation-number", numbers)
