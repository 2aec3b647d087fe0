"""The answers to whether participants come: one for each person on the page, or none yet."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from coordination.domain.errors import Refused
from coordination.web.forms.base import Form

ANSWERS = {"yes": True, "no": False}
PREFIX = "coming_"
LONGEST_NUMBER = 9


class AnswersForm(Form):
    """Rows as they were sent: `coming_<seat>` is yes or no."""

    def __init__(self, typed: MultiDict[str, str]) -> None:
        super().__init__(formdata=typed)
        self.typed = {name: value for name, value in typed.items() if name.startswith(PREFIX) and value}

    def coming(self) -> dict[int, bool]:
        """The answers by seat; Refused where one cannot be read, or none was given."""
        if not self.typed:
            raise Refused("start_check.nothing")
        return {_seat(name): _answer(value) for name, value in self.typed.items()}

    def chosen(self, enrolment_id: int) -> str:
        """What was chosen for a seat, so that a refused page keeps it."""
        return self.typed.get(f"{PREFIX}{enrolment_id}", "")


def _seat(name: str) -> int:
    key = name.removeprefix(PREFIX)
    if not (key.isascii() and key.isdigit() and len(key) <= LONGEST_NUMBER):
        raise Refused("start_check.unreadable")
    return int(key)


def _answer(value: Any) -> bool:
    if value not in ANSWERS:
        raise Refused("start_check.unreadable")
    return ANSWERS[value]
