"""Speaking to the person at the terminal."""

from __future__ import annotations

import sys


class Stop(Exception):
    """We cannot go on; the message is a sentence that says what to do."""


def say(text: str, *, error: bool = False) -> None:
    """Print at once, also into a pipe."""
    print(text, file=sys.stderr if error else sys.stdout, flush=True)
