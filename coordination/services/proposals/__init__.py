"""Proposed allocations: asked for, solved by the clock, changed by the coordinator, made offers."""

from coordination.queries.proposals.rows import Level
from coordination.services.proposals.asking import ask, ask_replay, cancel, discard
from coordination.services.proposals.moving import move_person, set_lock
from coordination.services.proposals.publishing import Published, publish
from coordination.services.proposals.queue import (
    Claim,
    claim_next,
    fail,
    report_progress,
    requeue_stale,
    stop,
)
from coordination.services.proposals.replaying import (
    agreement,
    claim_replay,
    frozen_question,
    keep_replay,
)
from coordination.services.proposals.solving import (
    Found,
    Frozen,
    Judged,
    freeze,
    judge,
    keep_question,
    loosen,
    store,
)

__all__ = [
    "Claim",
    "Found",
    "Frozen",
    "Judged",
    "Level",
    "Published",
    "agreement",
    "ask",
    "ask_replay",
    "cancel",
    "claim_next",
    "claim_replay",
    "discard",
    "fail",
    "freeze",
    "frozen_question",
    "judge",
    "keep_question",
    "keep_replay",
    "loosen",
    "move_person",
    "publish",
    "report_progress",
    "requeue_stale",
    "set_lock",
    "stop",
    "store",
]
