"""Letters as text: one template per letter and language under templates/mail/, first line `Subject: …`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

FOLDER = Path(__file__).parents[2] / "templates" / "mail"


class LetterError(RuntimeError):
    """The template is missing or asks for a fact that is not there."""


@dataclass(frozen=True)
class LetterText:
    """What the recipient reads."""

    subject: str
    body: str


def render(letter: str, language: str, facts: Mapping[str, object], base_url: str) -> LetterText:
    """The letter in the reader's language; raises LetterError when it cannot be written."""
    try:
        text = _ENVIRONMENT.get_template(f"{letter}.{language}.txt").render(facts, base_url=base_url)
    except TemplateError as error:
        raise LetterError(f"{letter}.{language}: {type(error).__name__} {error}") from error
    first, _, body = text.partition("\n")
    return LetterText(subject=first.removeprefix("Subject:").strip(), body=f"{body.strip()}\n")


def _danish_date(iso: str) -> str:
    """2026-12-24 as 24.12.2026: facts are stored as JSON, so dates arrive as text."""
    year, month, day = iso[:10].split("-")
    return f"{int(day)}.{int(month)}.{year}"


def _clock(iso: str, point: str = ".") -> str:
    """2026-12-24T09:05:00+01:00 as 9.05: facts hold moments in Copenhagen time."""
    hour, minute = iso[11:16].split(":")
    return f"{int(hour)}{point}{minute}"


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 (plain text, never HTML)
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_ENVIRONMENT.filters["day"] = _danish_date
_ENVIRONMENT.filters["clock"] = _clock
