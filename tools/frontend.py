"""Fetches the front-end files and copies an allow-list of them to static/vendor/."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.console import Stop, say
from tools.environment import ROOT, fingerprint, made_from, mark, prepared

VENDOR = ROOT / "static" / "vendor"
MODULES = ROOT / "node_modules"
DKFDS = MODULES / "dkfds"
HTMX = MODULES / "htmx.org"
FONTS = "fonts/IBMPlexSans/complete"
COPIES = {
    DKFDS / "LICENSE.md": "dkfds/LICENSE.md",
    DKFDS / "dist/js/dkfds.min.js": "dkfds/js/dkfds.min.js",
    DKFDS / "dist/img/all-svg-icons.svg": "dkfds/img/all-svg-icons.svg",
    DKFDS / f"dist/{FONTS}/woff2/license.txt": f"dkfds/{FONTS}/license.txt",
    HTMX / "LICENSE": "htmx/LICENSE",
    HTMX / "dist/htmx.min.js": "htmx/htmx.min.js",
}
STYLES = "css/dkfds.min.css"
# One face asks for an .eot first, for Internet Explorer, and for a .ttf under a misspelt format.
OBSOLETE = re.compile(r"url\([^)]*\.eot\),|,url\([^)]*\.ttf\) format\([^)]*\)")
ADDRESS = re.compile(r"url\(\.\./([^)?#]+)\)")


def fetch() -> None:
    """Bring static/vendor/ up to date with package-lock.json."""
    recipe = fingerprint(ROOT / "package-lock.json", Path(__file__))
    if made_from(VENDOR, recipe):
        return
    say("Fetching the front-end files …")
    _npm_ci()
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for source, target in COPIES.items():
            _copy(source, fresh / target)
        _copy_styles(fresh / "dkfds")
    except FileNotFoundError as missing:
        raise Stop(
            f"{missing.filename} is missing after npm's work; remove node_modules and start again."
        ) from missing
    mark(fresh, recipe)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def _npm_ci() -> None:
    npm = shutil.which("npm") or prepared(".node", "requirements-node.txt").with_name("npm")
    call = subprocess.run(
        [npm, "ci", "--omit=dev", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CI": "true"},
    )
    if call.returncode != 0:
        lines = call.stderr.strip().splitlines() or ["nothing"]
        said = next((line for line in lines if "Error:" in line), lines[0])
        raise Stop(
            "npm could not fetch the front-end files. Check the connection, or npm's settings if you are "
            f"behind a proxy, and start again. It said: {said.removeprefix('npm error').strip()}"
        )


def _copy_styles(target: Path) -> None:
    """The style sheet with every picture and font it names."""
    styles = OBSOLETE.sub("", (DKFDS / "dist" / STYLES).read_text(encoding="utf-8"))
    (target / STYLES).parent.mkdir(parents=True)
    (target / STYLES).write_text(styles, encoding="utf-8")
    for name in sorted(set(ADDRESS.findall(styles))):
        _copy(DKFDS / "dist" / name, target / name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
