"""Every letter is written in both languages, reads as its golden file, and tells nothing about a person."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from coordination.adapters.letters import FOLDER, render

HERE = Path(__file__).parent
LETTERS = sorted({path.name.split(".")[0] for path in FOLDER.glob("*.txt")})
CASES = [(letter, language) for letter in LETTERS for language in ("da", "en")]


def read(letter: str, language: str) -> str:
    facts = json.loads((HERE / "facts" / f"{letter}.json").read_text(encoding="utf-8"))
    text = render(letter, language, facts, "https://forloeb.example")
    return f"Subject: {text.subject}\n\n{text.body}"


@pytest.mark.parametrize(("letter", "language"), CASES)
def test_a_letter_reads_as_agreed(letter, language):
    """After a wanted change of wording: GOLDEN=write pytest tests/letters, then look at the difference."""
    golden = HERE / "golden" / f"{letter}.{language}.txt"
    written = read(letter, language)
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("letter", "language"), CASES)
def test_a_letter_has_a_subject_and_a_way_back(letter, language):
    written = read(letter, language)
    subject, _, body = written.partition("\n")
    assert len(subject) > len("Subject: ")
    assert "https://forloeb.example" in body


def test_no_golden_file_has_lost_its_letter():
    kept = {path.name.split(".")[0] for folder in ("facts", "golden") for path in (HERE / folder).iterdir()}
    assert kept <= set(LETTERS)
