"""Proposed allocations: asked for, solved by the clock, changed by the coordinator, made offers."""

from coordination.services.proposals.asking import ask, ask_replay, cancel, discard
from coordination.services.proposals.moving import move_person, set_lock
from coordination.services.proposals.publishing import Published, publish

__all__ = ["Published", "ask", "ask_replay", "cancel", "discard", "move_person", "publish", "set_lock"]
