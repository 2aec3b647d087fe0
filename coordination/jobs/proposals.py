"""The clock's third hand: proposals are solved one after the other, while nothing is locked."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import click
import structlog
from flask import Flask, current_app

from coordination.domain.errors import Refused
from coordination.domain.pooling.fields import InstanceError
from coordination.domain.pooling.problem import Goal, Problem
from coordination.jobs import pooling
from coordination.jobs.edge import COPENHAGEN, Edge
from coordination.services import proposals as services
from coordination.services.proposals import Claim, Found, Frozen, Level

log = structlog.get_logger()
TELL_SECONDS = 1.0
"""How often a search says how far it is, and asks whether it may go on."""


class Stopped(Exception):
    """A search came to an end before its time: somebody wanted it to, or the clock ends."""


def work_off(app: Flask, over: threading.Event | None = None) -> int:
    """Give back what a dead process left, then solve whatever waits; returns how many were taken."""
    edge, taken, ended = Edge(app), 0, over or threading.Event()
    with app.app_context():
        with edge.unit():
            services.requeue_stale(now=edge.now())
        while not ended.is_set():
            with edge.unit():
                claim = services.claim_next(now=edge.now())
            if claim is None:
                break
            _solve(edge, claim, ended)
            taken += 1
        _solve_again(edge, ended)
    return taken


def _solve(edge: Edge, claim: Claim, over: threading.Event) -> None:
    """One proposal: frozen, solved outside of any transaction, then stored; or the reason why not."""
    try:
        _freeze_and_find(edge, claim, over)
    except Stopped:
        with edge.unit():
            services.stop(claim.proposal_id, given_back=over.is_set())
    except Refused as refused:
        _fail(edge, claim, refused.code, **refused.facts)
    except InstanceError as clash:
        log.warning("proposal_infeasible", proposal_id=claim.proposal_id, why=clash.complaints)
        _fail(edge, claim, "proposal.infeasible")
    except TimeoutError:
        _fail(edge, claim, "proposal.too_slow")
    except Exception as broken:
        log.exception("proposal_failed", proposal_id=claim.proposal_id, error=type(broken).__name__)
        _fail(edge, claim, "proposal.broke")


def _freeze_and_find(edge: Edge, claim: Claim, over: threading.Event) -> None:
    if (actor := claim.actor) is None:
        raise Refused("proposal.nobody_asks")
    today = edge.now().astimezone(COPENHAGEN).date()
    with edge.reading_unit_of(actor):
        frozen = services.freeze(actor, claim, today)
    breath = Breath(edge, claim, over)
    try:
        found = _find(claim, frozen, breath)
    except InstanceError:
        frozen = services.loosen(frozen)
        found = _find(claim, frozen, breath)
    judged = services.judge(frozen, found)
    with edge.unit_of(actor):
        services.store(actor, claim, frozen, judged, now=edge.now())


def _find(claim: Claim, frozen: Frozen, breath: Breath) -> Found:
    services.keep_question(claim, frozen)
    return solve(frozen.problem, claim.time_limit, breath)


def solve(problem: Problem, time_limit: int, progress: Callable[[Goal, float], bool]) -> Found:
    """The best plan within the time; Stopped where `progress` says so, InstanceError where none can be."""
    # The solver's library is large, and no page of this process needs it.
    from coordination.adapters import pooling_solver  # noqa: PLC0415

    try:
        solution = pooling_solver.solve(problem, time_limit=time_limit, progress=progress)
    except pooling_solver.Cancelled:
        raise Stopped from None
    levels = [Level(goal, one.value, one.bound, one.proved) for goal, one in solution.levels.items()]
    return Found(solution.plan, tuple(levels), solution.seconds, solution.solver_seconds)


def _solve_again(edge: Edge, over: threading.Event) -> None:
    """The replays that were asked for, one after the other; what breaks is written down beside the answer."""
    while not over.is_set():
        with edge.unit():
            frozen = services.claim_replay(now=edge.now())
        if frozen is None:
            return
        found, problem = Found(frozenset(), (), 0.0, 0.0), ""
        try:
            found = solve(frozen.problem, frozen.time_limit, lambda *_: over.is_set())
        except Stopped:
            return
        except Exception as broken:
            problem = "proposal.broke"
            log.exception("replay_failed", proposal_id=frozen.proposal_id, error=type(broken).__name__)
        with edge.unit():
            services.keep_replay(frozen, found.levels, now=edge.now(), seconds=found.seconds, problem=problem)


def _fail(edge: Edge, claim: Claim, code: str, **facts: Any) -> None:
    with edge.unit():
        services.fail(claim.proposal_id, code, now=edge.now(), **facts)


class Breath:
    """Tells now and then how far the search is, and hears whether it is to stop."""

    def __init__(self, edge: Edge, claim: Claim, over: threading.Event) -> None:
        self._edge, self._claim, self._over = edge, claim, over
        self._told = time.monotonic() - TELL_SECONDS

    def __call__(self, goal: Goal, seconds: float) -> bool:
        """True stops the search."""
        if self._over.is_set():
            return True
        if time.monotonic() - self._told < TELL_SECONDS:
            return False
        self._told = time.monotonic()
        how_far = {"goal": str(goal), "seconds": round(seconds)}
        return not services.report_progress(self._claim.proposal_id, how_far, now=self._edge.now())


@pooling.cli.command("replay")
@click.argument("proposal_id", type=click.IntRange(1))
def replay(proposal_id: int) -> None:
    """Solve the frozen question of a proposal again and hold the figures against it; nothing is stored.

    Exit status 0: every goal agrees; 1: some differ; 2: there is no such proposal with an answer.
    """
    with Edge(current_app._get_current_object()).unit():  # type: ignore[attr-defined]  # noqa: SLF001
        frozen = services.frozen_question(proposal_id)
    if frozen is None:
        click.echo(f"There is no proposal {proposal_id} with an answer.", err=True)
        sys.exit(pooling.REFUSED)
    found = solve(frozen.problem, frozen.time_limit, lambda *_: False)
    outcome = services.agreement(frozen, found.levels)
    for goal, value in outcome.then.items():
        click.echo(f"{goal:8} then {value:>10}   now {outcome.now.get(goal, '-'):>10}")
    click.echo("differs: " + ", ".join(outcome.differing) if outcome.differing else "every goal agrees")
    sys.exit(bool(outcome.differing))
