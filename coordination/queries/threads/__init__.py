"""The thread about a candidate: its page, who may read it, and what waits for whom."""

from coordination.queries.threads.page import MessageRow, ThreadPage, readable, thread_page
from coordination.queries.threads.partners import PartnerRow, partner_rows, partners
from coordination.queries.threads.waiting import (
    HandedRow,
    MentionedRow,
    handed_to,
    mentions_of,
    overdue,
    waiting_for,
)

__all__ = [
    "HandedRow",
    "MentionedRow",
    "MessageRow",
    "PartnerRow",
    "ThreadPage",
    "handed_to",
    "mentions_of",
    "overdue",
    "partner_rows",
    "partners",
    "readable",
    "thread_page",
    "waiting_for",
]
