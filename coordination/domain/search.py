"""The search in the frame of every page: what can be looked for."""

from __future__ import annotations

LEAST = 2
MOST_SIGNS = 100
MOST_HITS = 20
"""So many of each kind are shown; more are found by more words."""


def problem_of(words: str) -> str:
    """The code of why nothing can be looked for; empty if something can."""
    if not words:
        return "search.empty"
    return "search.short" if len(words) < LEAST else ""


def code_in(words: str) -> str:
    """The words as a pool code is written: K-1042, also for k 1042 and k1042."""
    code = "".join(words.split()).upper()
    return f"K-{code[1:]}" if code[:1] == "K" and code[1:].isdecimal() else code
