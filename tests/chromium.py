"""Where the browser is: a Chromium of the system, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import sys

MISSING = (
    "Chromium was not found. Install it (Debian: sudo apt install chromium, macOS: brew install chromium) "
    "or name it in CHROMIUM, and start again."
)
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
# Needs no sandbox of its own, so it starts as root in a container; speaks to nobody but us.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The program to start, or None; pass it to Playwright as `executable_path`, with ARGUMENTS."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    sys.exit(None if find_chromium() else MISSING)
