#!/usr/bin/env python3
"""Makes the environment, then does the job; needs Python 3.11 or later and nothing else."""

import sys

# Only what any Python can read stands in this file, so that an old one says the sentence.
if sys.version_info < (3, 11):  # noqa: UP036 (the same)
    sys.exit("This needs Python 3.11 or later. Install it and start again with it: python3.11 manage.py run")
if sys.platform == "win32":
    sys.exit("This runs on Linux and macOS; on Windows start it inside WSL (Windows Subsystem for Linux).")

from tools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
