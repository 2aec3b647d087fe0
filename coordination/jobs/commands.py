"""Commands for `flask …`: the clock, and the `cli` group of every module in this room."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import click
from flask import Flask, current_app

from coordination import jobs
from coordination.jobs import imports, proposals
from coordination.jobs.clock import catch_up, run_clock


def init_app(app: Flask) -> None:
    """Add the commands: a module of coordination.jobs with a `cli` group brings its own."""
    app.cli.add_command(clock)
    for found in iter_modules(jobs.__path__, f"{jobs.__name__}."):
        group = getattr(import_module(found.name), "cli", None)
        if isinstance(group, click.Command):
            app.cli.add_command(group)


@click.command("clock")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def clock(*, once: bool) -> None:
    """Keep the timetable: letters, deadlines, states. Any number may run; one leads."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 (threads need the app itself)
    if once:
        catch_up(app)
        imports.work_off(app)
        proposals.work_off(app)
    else:
        run_clock(app)
