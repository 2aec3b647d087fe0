"""Forms of an evaluation: one field per question of its set, and the way back to the school."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, TextAreaField

from coordination.domain.evaluations import HIGHEST, LOWEST, Answer, QuestionKind
from coordination.web.forms.base import DanishDateField, Form

SCORES = [SelectChoice(str(score), str(score)) for score in range(LOWEST, HIGHEST + 1)]


class Asked(Protocol):
    """What a form has to know of a question."""

    id: Any
    kind: Any
    required: Any
    score: Any
    answer: Any


class Wanted:
    """Shows that an answer is needed in the end; a draft may lack it, so nothing is checked here."""

    field_flags = {"required": True}  # noqa: RUF012 (WTForms reads it so)

    def __call__(self, _form: Any, _field: Any) -> None:
        """Let it pass."""


class VersionField(HiddenField):
    """The version that was on the screen; 0 if the page was tampered with."""

    @property
    def seen(self) -> int:
        """The version as a number."""
        text = str(self.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0  # noqa: PLR2004


class AnswerForm(Form):
    """The answers to a set of questions; `form_for` adds a field for each."""

    seen_version = VersionField()

    def answers(self) -> dict[int, Answer]:
        """What was answered, by question."""
        return {
            int(name.removeprefix("question_")): self._answer(name)
            for name in self._fields
            if name.startswith("question_")
        }

    def _answer(self, name: str) -> Answer:
        field = self._fields[name]
        if not isinstance(field, RadioField):
            return Answer(text=field.data or "")
        remark = self._fields[name.replace("question_", "remark_")]
        return Answer(field.data, remark.data or "")


def form_for(questions: Iterable[Asked], labels: dict[int, str]) -> type[AnswerForm]:
    """The form of these questions, one field each, and a remark to each score."""
    fields: dict[str, Any] = {}
    for question in questions:
        label, wanted = labels[question.id], [Wanted()] if question.required else []
        if question.kind is QuestionKind.TEXT:
            fields[f"question_{question.id}"] = TextAreaField(label, wanted)
            continue
        fields[f"question_{question.id}"] = RadioField(
            label, wanted, choices=SCORES, coerce=_score, validate_choice=False
        )
        fields[f"remark_{question.id}"] = TextAreaField(_l("Bemærkning"))
    return type("AnswerFormOfSet", (AnswerForm,), fields)


def stored_values(questions: Iterable[Asked], version: int) -> dict[str, Any]:
    """What is stored, by field."""
    values: dict[str, Any] = {"seen_version": version}
    for question in questions:
        is_text = question.kind is QuestionKind.TEXT
        values[f"question_{question.id}"] = question.answer if is_text else question.score
        values[f"remark_{question.id}"] = question.answer
    return values


class HandBackForm(Form):
    """Why an evaluation goes back, and until when."""

    reason = TextAreaField(_l("Hvad skal skolen rette eller uddybe?"), [Wanted()])
    due_on = DanishDateField(_l("Ny frist"), [Wanted()])


def _score(value: Any) -> int | None:
    return None if value in {None, "", "None"} else int(value)
