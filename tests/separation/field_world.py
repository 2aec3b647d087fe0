"""One person for every state, with words in every field that stand nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from babel.dates import format_date
from sqlalchemy import select

from coordination.adapters.cpr_vault import vault_from
from coordination.domain.attendance import Cause, Lawfulness, MarkStatus
from coordination.domain.availability import UnavailabilityKind
from coordination.domain.candidates import ContactRole, DanishExam, DanishTrack, Scheme, TargetGroup
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState as Seat
from coordination.domain.follow_ups import Channel, ContactOutcome
from coordination.domain.nominations import NominationDeed
from coordination.domain.nominations import NominationState as Nominated
from coordination.domain.tracks import TeachingKind
from coordination.domain.transfers import TransferState
from coordination.models import (
    CandidateChange,
    ContactAttempt,
    CourseSession,
    HoursElsewhere,
    NominationMove,
    Sector,
    ThreadMessage,
    Transfer,
    Unavailability,
)
from tests.conftest import environ
from tests.factories import (
    CREATED,
    World,
    make_candidate,
    make_enrolment,
    make_follow_up,
    make_mark,
    make_nomination,
    make_run,
    save,
)
from tests.separation.field_table import State

STANDING: dict[State, tuple[Nominated | None, Seat | None, str]] = {
    State.NEVER: (None, None, ""),
    State.DRAFT: (Nominated.DRAFT, None, ""),
    State.SUBMITTED: (Nominated.SUBMITTED, None, ""),
    State.PRIVATE: (Nominated.SUBMITTED, None, ""),
    State.MOVING: (Nominated.SUBMITTED, None, ""),
    State.WAITING: (Nominated.SUBMITTED, Seat.WAITING, "ahead"),
    State.PARKED: (Nominated.PARKED, None, ""),
    State.OFFERED: (Nominated.OFFERED, Seat.OFFERED, "ahead"),
    State.ACCEPTED: (Nominated.ACCEPTED, Seat.ACCEPTED, "ahead"),
    State.CONFIRMED: (Nominated.ACCEPTED, Seat.CONFIRMED, "now"),
    State.PROTECTED: (Nominated.ACCEPTED, Seat.CONFIRMED, "now"),
    State.DROPPED_OUT: (Nominated.ACCEPTED, Seat.DROPPED_OUT, "now"),
    State.COMPLETED: (Nominated.COMPLETED, Seat.CONFIRMED, "ended"),
    State.RUN_OVER: (Nominated.COMPLETED, Seat.CONFIRMED, "over"),
    State.DECLINED: (Nominated.DECLINED, Seat.DECLINED, "ahead"),
    State.REJECTED: (Nominated.SUBMITTED, Seat.REJECTED, "ahead"),
    State.WITHDRAWN: (Nominated.WITHDRAWN, Seat.WITHDRAWN, "ahead"),
    State.EXPIRED: (Nominated.EXPIRED, Seat.EXPIRED, "ahead"),
    State.BASIS_ENDED: (Nominated.SUBMITTED, None, ""),
    State.BASIS_WITHDRAWN: (Nominated.ACCEPTED, Seat.CONFIRMED, "now"),
}
WISHED = "Ønskebranchen"
YESTERDAY = date(2026, 11, 22)


@dataclass
class Person:
    """One person: the ids of what hangs on him or her, and the words of each field in any way of writing."""

    state: State
    number: int
    ids: dict[str, int] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """A text that stands in this field of this person only."""
        text = f"{name}xq{self.number:02}z"
        self.words[KEYS.get(name, name)] = frozenset({text})
        return text

    def number_in(self, name: str, text: str) -> str:
        """A number that stands in this field of this person only."""
        self.words[name] = frozenset({text})
        return text

    def day(self, name: str, year: int) -> date:
        """A day of that year which only this person has in this field, as it may be written."""
        day = date(year, 3, 1) + timedelta(days=self.number)
        styles = ("short", "medium", "long")
        self.words[name] = frozenset(
            {day.isoformat(), f"{day:%d-%m-%Y}", f"{day.day}.{day.month}.{day.year}"}
            | {format_date(day, style, locale="da") for style in styles}
        )
        return day


KEYS = {
    "Navn": "name",
    "Adresse": "address",
    "Gammel": "old_address",
    "By": "town",
    "Firma": "employer",
    "VITAS": "vitas_reference",
    "Note": "notes",
    "Besked": "thread",
    "Privat": "private_thread",
    "Ven": "contact_name",
    "Kode": "code",
    "Begrund": "move_note",
    "Flyt": "transfer_note",
    "Remark": "comment",
    "Aftale": "contact_attempt",
    "Sted": "hours_at",
    "mail": "email",
}


@dataclass(frozen=True)
class FieldWorld:
    """Everybody, and the runs and sessions they meet on."""

    people: tuple[Person, ...]
    runs: tuple[int, ...]
    sessions: tuple[int, ...]


def build(world: World, session) -> FieldWorld:
    """One person of the first municipality for every state."""
    wished = save(Sector(partnership_id=world.partnership, code="oensket", name=WISHED, name_en=WISHED))
    runs = {
        "ahead": make_run(world, starts_on=date(2027, 1, 4)),
        "now": make_run(world, state=RunState.RUNNING, starts_on=date(2026, 11, 16), capacity=9),
        "ended": make_run(world, state=RunState.ENDED, starts_on=date(2026, 10, 5)),
        "over": make_run(
            world, state=RunState.ENDED, starts_on=date(2026, 6, 1), school_access_until=YESTERDAY
        ),
    }
    firsts = {
        name: session.scalars(
            select(CourseSession).where(CourseSession.course_run_id == run.id).order_by(CourseSession.day)
        ).first()
        for name, run in runs.items()
    }
    people = []
    for number, state in enumerate(State, 1):
        person = Person(state, number)
        row = _candidate(world, person)
        _beside(world, person, row)
        nominated, seat_state, run = STANDING[state]
        if nominated:
            nomination = _nomination(world, person, row, nominated, (world.kitchen, wished.id))
            if seat_state:
                left = {"left_on": YESTERDAY} if seat_state is Seat.DROPPED_OUT else {}
                seat = make_enrolment(nomination, runs[run], state=seat_state, **left)
                person.ids["enrolment_id"] = seat.id
                if run in {"now", "ended", "over"}:
                    _marked(world, person, seat, firsts[run])
        people.append(person)
    return FieldWorld(
        tuple(people),
        tuple(run.id for run in runs.values()),
        tuple(first.id for first in firsts.values()),
    )


def _candidate(world: World, person: Person):
    number = person.number
    birth = date(1980, 1, 1) + timedelta(days=40 * number)
    cpr = f"{birth:%d%m%y}{4000 + number}"
    person.words["cpr_masked"] = frozenset({f"{birth:%d%m%y}-****"})
    person.words["cpr"] = frozenset({cpr, f"{cpr[:6]}-{cpr[6:]}"})
    keys = environ()["COORDINATION_CPR_KEYS"].split(",")
    vault = vault_from(keys, environ()["COORDINATION_CPR_HASH_KEY"])
    email = person.word("mail") + "@example.net"
    row = make_candidate(
        world.municipality,
        world.caseworker,
        name=person.word("Navn"),
        phone=person.number_in("phone", f"71{number:02}0001"),
        email=email,
        address=person.word("Adresse"),
        postcode=person.number_in("postcode", f"9{number:02}9"),
        town=person.word("By"),
        cpr_sealed=vault.seal(cpr),
        cpr_hash=vault.fingerprint(cpr),
        birth_date=birth,
        protected_until=date(2027, 6, 1) if person.state is State.PROTECTED else None,
        scheme=Scheme.IGU,
        igu_start=person.day("igu_start", 2025),
        employer=person.word("Firma"),
        employer_private=True,
        agreement_signed_on=person.day("agreement_signed_on", 2023),
        agreement_in_vitas_on=person.day("agreement_in_vitas_on", 2024),
        vitas_reference=person.word("VITAS"),
        residence_since=person.day("residence_since", 2019),
        target_group=TargetGroup.REFUGEE,
        danish_track=DanishTrack.DU3,
        danish_exam=DanishExam.PD3,
        needs=["interpreter", "accessibility"],
        practice_days=[2],
        most_travel_minutes=173,
        contact_name=person.word("Ven"),
        contact_phone=person.number_in("contact_phone", f"72{number:02}0002"),
        contact_role=ContactRole.VOLUNTEER,
        notes=person.word("Note"),
        notes_private=person.state is State.PRIVATE,
    )
    person.ids["candidate_id"] = row.id
    return row


def _beside(world: World, person: Person, row) -> None:
    """What was written beside the person: changes, hours elsewhere, days away, the thread."""
    whose = {"municipality_id": row.municipality_id, "candidate_id": row.id}
    by = {"by_id": world.caseworker.user_id, "at": CREATED}
    save(CandidateChange(**whose, **by, changes={"address": [person.word("Gammel"), row.address]}))
    away = person.day("away_from", 2029)
    person.ids["unavailability_id"] = save(
        Unavailability(**whose, **by, from_day=away, until_day=away, kind=UnavailabilityKind.OTHER)
    ).id
    person.ids["hours_elsewhere_id"] = save(
        HoursElsewhere(
            **whose,
            **by,
            kind=TeachingKind.AMU,
            place=person.word("Sted"),
            from_day=date(2026, 9, 1),
            until_day=date(2026, 9, 2),
            minutes=600,
        )
    ).id
    asked = {"handed_to_id": world.coordinator.user_id, "due_on": date(2026, 12, 3)}
    message = save(ThreadMessage(**whose, **by, text=person.word("Besked"), private=False, **asked))
    save(ThreadMessage(**whose, **by, text=person.word("Privat"), private=True))
    person.ids["message_id"] = message.id


def _nomination(world: World, person: Person, row, state: Nominated, sectors: tuple[int, int]):
    since = datetime.combine(person.day("since", 2022), CREATED.time(), UTC)
    closed = {
        State.BASIS_ENDED: {"basis_until": YESTERDAY},
        State.BASIS_WITHDRAWN: {"basis_withdrawn_at": CREATED},
    }
    nomination = make_nomination(
        row,
        sectors,
        state=state,
        code=person.word("Kode"),
        submitted_at=None if state is Nominated.DRAFT else since,
        parked_until=date(2027, 2, 1) if state is Nominated.PARKED else None,
        **closed.get(person.state, {}),
    )
    person.ids["nomination_id"] = nomination.id
    save(
        NominationMove(
            municipality_id=row.municipality_id,
            nomination_id=nomination.id,
            deed=NominationDeed.CHANGE_WISHES,
            after=state,
            note=person.word("Begrund"),
            by_id=world.caseworker.user_id,
            at=CREATED,
        )
    )
    if person.state is State.MOVING:
        person.ids["transfer_id"] = _transfer(world, person, nomination).id
    return nomination


def _transfer(world: World, person: Person, nomination) -> Transfer:
    return save(
        Transfer(
            municipality_id=nomination.municipality_id,
            candidate_id=nomination.candidate_id,
            from_municipality_id=world.municipality,
            to_municipality_id=world.other_municipality,
            code=nomination.code,
            state=TransferState.OFFERED,
            effective_on=date(2026, 12, 1),
            note=person.word("Flyt"),
            offered_by_id=world.caseworker.user_id,
            offered_at=CREATED,
        )
    )


def _marked(world: World, person: Person, seat, first) -> None:
    """A late arrival because of illness, judged, and followed up."""
    mark = make_mark(
        seat,
        first,
        world.coordinator,
        status=MarkStatus.LATE,
        minutes_missed=37,
        cause=Cause.OWN_ILLNESS,
        comment=person.word("Remark"),
        lawfulness=Lawfulness.UNLAWFUL,
    )
    person.ids["mark_id"] = mark.id
    follow_up = make_follow_up(seat, first)
    person.ids["follow_up_id"] = follow_up.id
    save(
        ContactAttempt(
            municipality_id=seat.municipality_id,
            follow_up_id=follow_up.id,
            channel=Channel.PHONE,
            outcome=ContactOutcome.NO_ANSWER,
            note=person.word("Aftale"),
            by_id=world.coordinator.user_id,
            at=CREATED,
        )
    )
