"""The demonstration's finished run: 16 participants, registers, follow-ups, evaluation, and the next run."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from coordination.db import db
from coordination.domain.attendance import Cause, MarkStatus
from coordination.domain.candidates import Scheme
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.evaluations import DEFAULT_THRESHOLD, EvaluationState, QuestionKind
from coordination.domain.follow_ups import CloseReason, ContactOutcome, Step
from coordination.domain.improvements import ChangeSource, ChangeState
from coordination.models import Answer, CourseRun, Enrolment, Evaluation, ProposedChange, Question
from coordination.services.demo.people import Pool
from coordination.services.demo.places import Places, save
from coordination.services.demo.running import (
    close,
    contact,
    follow_up,
    make_run,
    mark,
    planned_days,
    sessions_of,
)

SPREAD = (0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3)
OTHER_SCHEMES = {4: Scheme.INTERNSHIP, 12: Scheme.WAGE_SUBSIDY}
ANSWERS = {
    "Dansk niveau": (2, "Fire deltagere kunne ikke følge med i fagsproget de første tre uger."),
    "Forberedelse": (2, "Flere vidste ikke, at der var krav om arbejdstøj og sikkerhedssko."),
    "Fremmøde": (3, ""),
    "Indhold": (4, "Virksomhederne spurgte efter mere om allergener."),
    "Samarbejde": (5, "Vi blev ringet op hver fredag. Det virkede."),
    "Gik godt": (None, "Makkerpar på tværs af kommuner. De kørte sammen og holdt hinanden oppe."),
    "Næste hold": (None, "Begynd med en dag i et køkken, før undervisningen går i gang."),
}
SESSIONS = 20


def finished_run_with_evaluation(places: Places, pool: Pool, *, today: date, now: datetime) -> CourseRun:
    """The first run: ended three weeks ago, evaluated by the school."""
    days = planned_days(today - timedelta(days=95), frozenset({0, 2}), SESSIONS)
    run = make_run(places, "koekken", f"Køkken og rengøring, hold {days[0].year}-1", RunState.EVALUATED, days)
    seats = [
        pool.seat(
            pool.candidate(places.municipalities[SPREAD[turn]], OTHER_SCHEMES.get(turn, Scheme.IGU)),
            ("koekken",),
            run,
            EnrolmentState.CONFIRMED,
            130,
        )
        for turn in range(len(SPREAD))
    ]
    _registers(places, run, seats, today=today, now=now)
    _evaluation(places, run, now=now)
    return run


def _registers(places: Places, run: CourseRun, seats: list[Enrolment], *, today: date, now: datetime) -> None:
    teacher = places.teacher.id
    for number, session in enumerate(sessions_of(run)):
        at = now - timedelta(days=(today - session.day).days)
        for turn, seat in enumerate(seats):
            if _stopped(turn, number, seat, session.day):
                continue
            pattern = (turn * 7 + number * 3) % 23
            if pattern == 0:
                mark(seat, session, MarkStatus.ABSENT, teacher, at, cause=Cause.UNKNOWN)
                _followed_up(places, seat, session, at)
            elif pattern == 1:
                mark(seat, session, MarkStatus.ABSENT, teacher, at, cause=Cause.OWN_ILLNESS, announced=True)
            elif pattern in {2, 3}:
                mark(seat, session, MarkStatus.LATE, teacher, at, cause=Cause.TRANSPORT)
            else:
                mark(seat, session, MarkStatus.PRESENT, teacher, at)


STOPPED = {6: (9, "got_job"), 13: (4, "stayed_away")}


def _stopped(turn: int, number: int, seat: Enrolment, day: date) -> bool:
    """Two of the sixteen stopped on the way: one found a job, one stayed away."""
    session, reason = STOPPED.get(turn, (SESSIONS, None))
    if number == session:
        seat.state, seat.drop_out_reason, seat.left_on = (
            EnrolmentState.DROPPED_OUT,
            reason,
            day - timedelta(days=1),
        )
    return number >= session


def _followed_up(places: Places, seat: Enrolment, session: object, at: datetime) -> None:
    coordinator = places.coordinator.id
    due = (at + timedelta(days=2)).date()
    case = follow_up(seat, session, due=due, opened=at, step=Step.CALL_CANDIDATE)  # type: ignore[arg-type]
    contact(
        case, ContactOutcome.REACHED_RETURNS, "Talte med deltageren. Kommer igen næste gang.", coordinator, at
    )
    close(case, CloseReason.BACK_IN_CLASS, coordinator, at + timedelta(days=1))


def _evaluation(places: Places, run: CourseRun, *, now: datetime) -> None:
    evaluation = Evaluation(
        partnership_id=run.partnership_id,
        school_id=run.school_id,
        course_run_id=run.id,
        question_set_id=places.questions.id,
        state=EvaluationState.REVIEWED,
        due_on=(now - timedelta(days=5)).date(),
        submitted_at=now - timedelta(days=10),
        submitted_by_id=places.teacher.id,
        reviewed_at=now - timedelta(days=8),
    )
    save(evaluation)
    asked = (
        select(Question).where(Question.question_set_id == places.questions.id).order_by(Question.position)
    )
    for question in db.session.scalars(asked).all():
        _answer(places, run, evaluation, question, now - timedelta(days=10))


def _answer(places: Places, run: CourseRun, evaluation: Evaluation, question: Question, at: datetime) -> None:
    score, text = ANSWERS[question.topic]
    answer = Answer(
        partnership_id=run.partnership_id,
        school_id=run.school_id,
        evaluation_id=evaluation.id,
        question_id=question.id,
        score=score,
        text=text,
        by_id=places.teacher.id,
        at=at,
    )
    save(answer)
    by_rule = score is not None and score <= DEFAULT_THRESHOLD
    if by_rule or question.topic == "Næste hold":
        source = ChangeSource.TEXT if question.kind is QuestionKind.TEXT else ChangeSource.LOW_SCORE
        _change(run, answer, question, source, at)


WORDINGS = {
    "Dansk niveau": "Kun deltagere med mindst DU2 modul 3, eller dansk støtte i klassen de første tre uger.",
    "Forberedelse": "Alle får en side på eget sprog om arbejdstøj, sko og mødetid, før holdet begynder.",
    "Næste hold": "Første undervisningsdag er et besøg i et køkken.",
}


def _change(run: CourseRun, answer: Answer, question: Question, source: ChangeSource, at: datetime) -> None:
    evidence = f"Score {answer.score} af 5. {answer.text}" if answer.score else f"»{answer.text}«"
    save(
        ProposedChange(
            partnership_id=run.partnership_id,
            school_id=run.school_id,
            course_run_id=run.id,
            answer_id=answer.id,
            source=source,
            title=question.topic,
            wording=WORDINGS[question.topic],
            evidence=evidence.strip(),
            created_at=at,
        )
    )


def half_planned_next_run(places: Places, finished: CourseRun, *, today: date, now: datetime) -> None:
    """The next run of the same track: sessions planned, changes carried along, one of them adopted so far."""
    days = planned_days(today + timedelta(days=56), frozenset({0, 2}), SESSIONS)
    title = f"Køkken og rengøring, hold {days[0].year}-2"
    run = make_run(places, "koekken", title, RunState.DRAFT, days, predecessor_id=finished.id)
    carried = select(ProposedChange).where(ProposedChange.course_run_id == finished.id)
    for change in db.session.scalars(carried):
        change.next_run_id = run.id
        if change.title == "Forberedelse":
            change.state = ChangeState.ADOPTED
            change.owner = "Koordinatoren"
            change.decided_by_id, change.decided_at = places.coordinator.id, now - timedelta(days=2)
