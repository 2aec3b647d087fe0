"""The register of a session, the registers of a run, the history of a mark."""

from coordination.queries.attendance.history import HistoryPage, history_page
from coordination.queries.attendance.pages import RollCallPage, RollCallRow, roll_call_page, unlocking_page
from coordination.queries.attendance.register import (
    NO_RECORD,
    Register,
    Seat,
    comment_hidden,
    current_of,
    is_first_session,
    records_before,
    register_of,
)
from coordination.queries.attendance.registers import RegistersPage, RunRegister, registers_of, registers_page

__all__ = [
    "NO_RECORD",
    "HistoryPage",
    "Register",
    "RegistersPage",
    "RollCallPage",
    "RollCallRow",
    "RunRegister",
    "Seat",
    "comment_hidden",
    "current_of",
    "history_page",
    "is_first_session",
    "records_before",
    "register_of",
    "registers_of",
    "registers_page",
    "roll_call_page",
    "unlocking_page",
]
