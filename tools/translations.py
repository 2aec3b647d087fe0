"""The English catalogue: find every Danish sentence of the product and bring the catalogue in step with them.

Run it with the suite's Python after changing a sentence: `.venv-test/bin/python -m tools.translations`.
It keeps what is translated, adds new sentences empty, drops what is gone and prints what is missing.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
ENGLISH = ROOT / "coordination" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
SOURCES = (
    (ROOT / "coordination" / "web", [("**.py", "python")]),
    (ROOT / "templates", [("**.html", "jinja2")]),
)
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def sentences() -> Catalog:
    """Every sentence the product shows, Danish, as a catalogue without translations."""
    found = Catalog(locale="en", domain="messages", fuzzy=False)
    for folder, methods in SOURCES:
        for _file, _line, message, comments, context in extract_from_dir(
            folder, method_map=methods, options_map=OPTIONS, keywords=KEYWORDS
        ):
            found.add(message, None, auto_comments=comments, context=context)
    return found


def catalogue() -> Catalog:
    """The English catalogue as it is in the repository."""
    if not ENGLISH.exists():
        return Catalog(locale="en", domain="messages", fuzzy=False)
    return read_po(BytesIO(ENGLISH.read_bytes()), locale="en", domain="messages")


def untranslated(known: Catalog) -> list[str]:
    """Sentences without an English one."""
    return [str(message.id) for message in known if message.id and not _complete(message.string)]


def _complete(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def save(known: Catalog) -> None:
    """Write the catalogue in the order of its sentences, so that changes read as changes."""
    known.fuzzy = False
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(
            file,
            known,
            sort_output=True,
            omit_header=False,
            width=110,
            no_location=True,
            ignore_obsolete=True,
        )


def main() -> int:
    """Bring the catalogue in step; 1 when something is left to translate."""
    known = catalogue()
    known.update(sentences(), no_fuzzy_matching=True)
    save(known)
    missing = untranslated(known)
    sys.stdout.writelines(f"{sentence}\n" for sentence in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
