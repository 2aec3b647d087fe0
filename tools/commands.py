"""The three commands of manage.py."""

from __future__ import annotations

import argparse
from typing import NoReturn

from tools import environment, frontend, server, settings, suite
from tools.console import Stop, say

HELP = """\
python3 manage.py run      start the product: web pages, clock and an embedded database with demo data
                           [--port 8080] [--no-demo] [--database-url URL]
python3 manage.py flask …  any flask command in the same environment, such as `flask routes`
python3 manage.py test …   the whole suite on SQLite and on PostgreSQL; the rest goes to pytest"""


def run(arguments: list[str]) -> int:
    """Start web and clock, and stay until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python3 manage.py run", description=run.__doc__)
    parser.add_argument("--port", type=server.port_number, default=8080, help="default: 8080")
    parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    parser.add_argument("--database-url", help="default: DATABASE_URL, else SQLite under instance/")
    asked = parser.parse_args(arguments)
    server.check_port(asked.port)
    with environment.alone():
        python = environment.prepared(".venv", "requirements.txt")
        frontend.fetch()
        environment.compile_catalogues(python)
    variables = settings.variables(database_url=asked.database_url, port=asked.port)
    server.run(python, variables, port=asked.port, demo=not asked.no_demo)
    return 0


def flask(arguments: list[str]) -> NoReturn:
    """Hand over to flask; never returns."""
    with environment.alone():
        python = environment.prepared(".venv", "requirements.txt")
        environment.compile_catalogues(python)
    server.become_flask(python, settings.variables(), arguments)


def test(arguments: list[str]) -> int:
    """Run the suite on both databases."""
    with environment.alone():
        python = environment.prepared(".venv-test", "requirements-test.txt")
        frontend.fetch()
        environment.compile_catalogues(python)
    return suite.run(python, arguments)


COMMANDS = {"run": run, "flask": flask, "test": test}


def main(arguments: list[str]) -> int:
    """Find the command; a reason to stop is one sentence."""
    if not arguments or arguments[0] not in COMMANDS:
        say(HELP)
        return 0 if not arguments or arguments[0] in {"-h", "--help", "help"} else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as reason:
        say(f"\n{reason}", error=True)
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
