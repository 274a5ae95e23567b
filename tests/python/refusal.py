"""The one exception by which something offered is refused, with the name of the reason."""


class Refused(Exception):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def within(prefix, read, *arguments):
    """Reads a part; a refusal of the part is one of the whole, under a longer name."""
    try:
        return read(*arguments)
    except Refused as refused:
        raise Refused(f"{prefix}-{refused.reason}") from None
