"""The clock's second hand: long files are imported one after the other while nobody waits for them."""

from __future__ import annotations

import threading

import structlog
from flask import Flask

from coordination.domain.errors import Refused
from coordination.jobs.edge import COPENHAGEN, Edge
from coordination.services import exchange as services
from coordination.services.exchange import Claim

log = structlog.get_logger()


def work_off(app: Flask, over: threading.Event | None = None) -> int:
    """Give back what a dead process left, then import whatever waits; returns how many files were taken."""
    edge, taken = Edge(app), 0
    with app.app_context():
        with edge.unit():
            services.requeue_stale_imports(now=edge.now())
        while not (over and over.is_set()):
            with edge.unit():
                claim = services.claim_next_import(now=edge.now())
            if claim is None:
                break
            _import(edge, claim)
            taken += 1
    return taken


def _import(edge: Edge, claim: Claim) -> None:
    """One file: read and checked without holding anybody up, then written in a transaction of its own."""
    try:
        _read_and_write(edge, claim)
        problem = ""
    except Refused as refused:
        problem = refused.code
    except Exception as broken:
        problem = "import.broke"
        log.exception("import_failed", import_id=claim.import_id, error=type(broken).__name__)
    if problem:
        with edge.unit():
            services.fail_import(claim.import_id, problem, now=edge.now())


def _read_and_write(edge: Edge, claim: Claim) -> None:
    if claim.actor is None:
        raise Refused("import.nobody")

    def told(rows_done: int) -> None:
        services.report_progress(claim.import_id, rows_done, now=edge.now())

    today = edge.now().astimezone(COPENHAGEN).date()
    with edge.reading_unit_of(claim.actor):
        prepared = services.prepare_import(
            claim.actor, claim.import_id, vault=edge.vault, today=today, told=told
        )
    with edge.unit_of(claim.actor):
        services.finish_import(claim.actor, claim.import_id, prepared, vault=edge.vault, now=edge.now())
