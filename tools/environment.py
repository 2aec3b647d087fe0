"""The virtual environments and what is built in them; a stamp makes the second time instant."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.console import Stop, say

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "coordination" / "translations"
STAMP = ".made-from"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait for another manage.py in the same folder that is installing right now."""
    with (ROOT / "manage.py").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another manage.py that is preparing this folder …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint(*files: Path) -> str:
    """What a stamp holds: changes whenever one of the files does."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def made_from(folder: Path, recipe: str) -> bool:
    """Whether the folder was completely made from this recipe."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text() == recipe


def mark(folder: Path, recipe: str) -> None:
    """The folder is complete."""
    (folder / STAMP).write_text(recipe)


def prepared(name: str, requirements: str) -> Path:
    """The Python of the virtual environment `name`, with exactly the hashed requirements installed."""
    folder, wanted = ROOT / name, ROOT / requirements
    python = folder / "bin" / "python"
    recipe = fingerprint(wanted)
    if python.exists() and made_from(folder, recipe):
        return python
    say(f"Installing Python packages into {name} (only when they changed; up to a minute) …")
    if not _has_pip(python):
        _make(folder)
    pip = [str(python), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    call = subprocess.run(
        [*pip, "--require-hashes", "-r", wanted],
        check=False,
        env=os.environ | {"PIP_ROOT_USER_ACTION": "ignore"},
    )
    if call.returncode != 0:
        raise Stop(
            "pip could not install the Python packages (its own words are above). "
            "Check the connection, or pip's settings if you are behind a proxy, and start again."
        )
    mark(folder, recipe)
    return python


def _has_pip(python: Path) -> bool:
    if not python.exists():
        return False
    call = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    return call.returncode == 0


def _make(folder: Path) -> None:
    call = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", folder], capture_output=True, text=True, check=False
    )
    if call.returncode != 0:
        lines = (call.stdout + call.stderr).strip().splitlines() or [""]
        raise Stop(
            "Python cannot make a virtual environment here. Install its venv module "
            "(Debian and Ubuntu: sudo apt install python3-venv) and start again. "
            f"It said: {lines[0]}"
        )


def compile_catalogues(python: Path) -> None:
    """Compile each catalogue (.po) that is newer than its compiled form (.mo)."""
    for source in sorted(TRANSLATIONS.glob("**/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime > source.stat().st_mtime:
            continue
        babel = [str(python), "-m", "babel.messages.frontend", "compile"]
        locale = source.parent.parent.name
        call = subprocess.run(
            [*babel, "-i", source, "-o", compiled, "-l", locale],
            capture_output=True,
            text=True,
            check=False,
        )
        if call.returncode != 0:
            raise Stop(f"{source.relative_to(ROOT)} does not compile:\n{call.stderr.strip()}")
