"""A partnership at work, with a marker in every field, so that a leak can be seen by its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coordination.adapters.cpr_vault import vault_from
from coordination.domain.actors import Language
from coordination.domain.attendance import Cause, MarkStatus
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.evaluations import EvaluationState
from coordination.domain.follow_ups import Channel, ContactOutcome
from coordination.domain.igu import RateKind
from coordination.domain.nominations import NominationState
from coordination.models import (
    Answer,
    CalendarFeed,
    CandidateImport,
    ContactAttempt,
    CourseSession,
    Employer,
    HourFactor,
    IguRule,
    Letter,
    MarkChange,
    Question,
    Rate,
    Reason,
    SavedView,
    SchoolFee,
    ThreadMessage,
    TrackModule,
)
from tests.factories import (
    CREATED,
    World,
    make_candidate,
    make_enrolment,
    make_evaluation,
    make_follow_up,
    make_hours_elsewhere,
    make_mark,
    make_nomination,
    make_proposal,
    make_proposed_change,
    make_run,
    make_transfer,
    make_unavailability,
    save,
)

CPR = "0203841116"


@dataclass(frozen=True)
class Markers:
    """Words that stand in one field of one person and nowhere else."""

    name: str
    phone: str
    email: str
    address: str
    town: str
    employer: str
    notes: str
    comment: str
    contact: str

    def all(self) -> set[str]:
        """Every marker."""
        return set(vars(self).values())


def markers(person: str) -> Markers:
    """The markers of a person called by a letter."""
    return Markers(
        name=f"Navnemærke{person}",
        phone={"A": "71111111", "B": "72222222", "C": "73333333"}[person],
        email=f"postmaerke{person.lower()}@example.net",
        address=f"Adressemærke{person}",
        town=f"Bymærke{person}",
        employer=f"Firmamærke{person}",
        notes=f"Notemærke{person}",
        comment=f"Bemærkningsmærke{person}",
        contact=f"Henvendelsesmærke{person}",
    )


@dataclass(frozen=True)
class Populated:
    """The ids of one row of every kind, by the name a route gives them."""

    ids: dict[str, int]
    accepted: Markers
    offered: Markers
    draft: Markers


def populate(world: World, session) -> Populated:
    """An accepted, an offered and a not yet submitted person of a municipality and what hangs on them."""
    vault = vault_from(("t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",), "hash" * 10)
    accepted, offered, draft = markers("A"), markers("B"), markers("C")
    people = [_person(world, mark, vault) for mark in (accepted, offered, draft)]
    run = make_run(world, state=RunState.RUNNING)
    next_run = make_run(world, state=RunState.DRAFT, predecessor_id=run.id, starts_on=date(2027, 2, 1))
    states = (NominationState.ACCEPTED, NominationState.OFFERED, NominationState.DRAFT)
    nominations = [
        make_nomination(
            person, (world.kitchen,), state=state, submitted_at=None if state == "draft" else CREATED
        )
        for person, state in zip(people, states, strict=True)
    ]
    seat = make_enrolment(nominations[0], run, state=EnrolmentState.CONFIRMED)
    offer = make_enrolment(nominations[1], run, state=EnrolmentState.OFFERED)
    first = run_sessions(session, run.id)[0]
    absent = {"status": MarkStatus.ABSENT, "cause": Cause.OWN_ILLNESS, "comment": accepted.comment}
    mark = make_mark(seat, first, world.coordinator, **absent)
    save(
        MarkChange(
            municipality_id=mark.municipality_id,
            school_id=mark.school_id,
            mark_id=mark.id,
            before={"status": "present"},
            after={"status": "absent"},
            by_id=world.coordinator.user_id,
            at=CREATED,
        )
    )
    message = save(
        ThreadMessage(
            municipality_id=seat.municipality_id,
            candidate_id=seat.candidate_id,
            text="Beskedmærke",
            private=False,
            by_id=world.caseworker.user_id,
            at=CREATED,
            handed_to_id=world.coordinator.user_id,
            due_on=date(2026, 11, 30),
        )
    )
    follow_up = make_follow_up(seat, first)
    save(
        ContactAttempt(
            municipality_id=seat.municipality_id,
            follow_up_id=follow_up.id,
            channel=Channel.PHONE,
            outcome=ContactOutcome.NO_ANSWER,
            note=accepted.contact,
            by_id=world.coordinator.user_id,
            at=CREATED,
        )
    )
    evaluation = make_evaluation(run, state=EvaluationState.SUBMITTED, submitted_at=CREATED)
    question = session.query(Question).filter_by(question_set_id=world.questions, position=1).one()
    answer = save(
        Answer(
            partnership_id=world.partnership,
            school_id=run.school_id,
            evaluation_id=evaluation.id,
            question_id=question.id,
            score=2,
            text="Svarmærke",
            by_id=world.teacher.user_id,
            at=CREATED,
        )
    )
    change = make_proposed_change(run, next_run_id=next_run.id, answer_id=answer.id)
    upload = save(
        CandidateImport(
            municipality_id=world.municipality,
            filename="kandidater.csv",
            content_sealed=vault.seal("cpr;navn;ordning\n020384-1116;Filmærke;igu\n"),
            uploaded_by_id=world.caseworker.user_id,
            uploaded_at=CREATED,
        )
    )
    letter = save(
        Letter(
            letter="seat_offered",
            recipient_id=world.caseworker.user_id,
            recipient="user@example.org",
            language=Language.DANISH,
            facts={},
            due_at=CREATED,
            created_at=CREATED,
            message_id="<populated@x>",
        )
    )
    view = save(
        SavedView(
            user_id=world.caseworker.user_id,
            page="candidates.overview",
            name="Visningsmærke",
            query="state=submitted",
        )
    )
    feed = save(
        CalendarFeed(
            user_id=world.caseworker.user_id,
            name="Abonnementsmærke",
            token_hash="0" * 64,
            created_at=CREATED,
        )
    )
    transfer = make_transfer(people[1], world.other_municipality, world.caseworker)
    fee = save(
        SchoolFee(
            school_id=world.school,
            kind=RateKind.NO_SHOW_SHORT,
            amount_ore=260_000,
            valid_from=date(2027, 1, 1),
            source="Skolens liste",
        )
    )
    employer = save(
        Employer(partnership_id=world.partnership, name="Kantinen", name_key="kantinen", most_away=2)
    )
    module = session.query(TrackModule).filter_by(track_id=world.track).one()
    away = make_unavailability(people[0], world.caseworker)
    elsewhere = make_hours_elsewhere(people[0], world.caseworker)
    return Populated(
        ids={
            "candidate_id": people[0].id,
            "nomination_id": nominations[0].id,
            "course_run_id": run.id,
            "session_id": first.id,
            "enrolment_id": seat.id,
            "offer_id": offer.id,
            "mark_id": mark.id,
            "follow_up_id": follow_up.id,
            "message_id": message.id,
            "evaluation_id": evaluation.id,
            "question_set_id": world.questions,
            "answer_id": answer.id,
            "change_id": change.id,
            "import_id": upload.id,
            "letter_id": letter.id,
            "saved_view_id": view.id,
            "feed_id": feed.id,
            "unavailability_id": away.id,
            "hours_elsewhere_id": elsewhere.id,
            "hour_factor_id": session.scalars(select(func.min(HourFactor.id))).one(),
            "rule_id": session.scalars(select(func.min(IguRule.id))).one(),
            "fee_id": fee.id,
            "employer_id": employer.id,
            "rate_id": session.scalars(select(func.min(Rate.id))).one(),
            "track_id": world.track,
            "module_id": module.id,
            "user_id": world.caseworker.user_id,
            "partnership_id": world.partnership,
            "municipality_id": world.municipality,
            "school_id": world.school,
            "sector_id": world.kitchen,
            "transfer_id": transfer.id,
            "proposal_id": make_proposal(world, {nominations[0]: run}).id,
            "reason_id": session.query(Reason).filter_by(kind="decline", position=2).one().id,
        },
        accepted=accepted,
        offered=offered,
        draft=draft,
    )


def run_sessions(session, run_id: int):
    """The sessions of a run in order."""
    return session.scalars(
        select(CourseSession).where(CourseSession.course_run_id == run_id).order_by(CourseSession.day)
    ).all()


def _person(world: World, mark: Markers, vault):
    return make_candidate(
        world.municipality,
        world.caseworker,
        name=mark.name,
        phone=mark.phone,
        email=mark.email,
        address=mark.address,
        town=mark.town,
        employer=mark.employer,
        notes=mark.notes,
        cpr_sealed=vault.seal(CPR),
        cpr_hash=vault.fingerprint(f"{CPR}{mark.name}"),
    )
