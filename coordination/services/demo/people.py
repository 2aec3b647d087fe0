"""The demonstration's people: names put together from a list, CPR numbers that fail the check digit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from coordination.adapters.cpr_vault import CprVault
from coordination.domain.candidates import DanishExam, DanishTrack, Scheme, Sex
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.legal_bases import LegalBasis, usual_end
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.models import (
    Candidate,
    CourseRun,
    Enrolment,
    Municipality,
    Nomination,
    NominationMove,
    NominationWish,
)
from coordination.services.demo.places import Places, save

WOMEN = (
    "Amina",
    "Selam",
    "Olena",
    "Fatima",
    "Leyla",
    "Hanna",
    "Yordanos",
    "Iryna",
    "Parisa",
    "Mariam",
    "Nour",
    "Sahar",
)
MEN = (
    "Yusuf",
    "Tesfay",
    "Andrij",
    "Omar",
    "Karim",
    "Filmon",
    "Ali",
    "Petro",
    "Reza",
    "Samir",
    "Dawit",
    "Hassan",
)
SURNAMES = ("Prøvesen", "Eksempel", "Demosen", "Testgaard", "Øvelse", "Opdigtet", "Prøvebjerg")
EMPLOYERS = ("Demo Kantine A/S", "Prøvehotellet", "Eksempel Plejecenter", "Testlager ApS", "Øvelsesbageriet")
TOWNS = {
    "510": ("6100", "Haderslev"),
    "540": ("6400", "Sønderborg"),
    "580": ("6200", "Aabenraa"),
    "550": ("6270", "Tønder"),
}
EXAMS = (DanishExam.NONE, DanishExam.PD1, DanishExam.PD1, DanishExam.PD2, DanishExam.PD1)
TURNS = (0, 1, 2, 2, 3, 1, 2, 0, 2, 3)  # Aabenraa nominates most, Tønder least
IN_STEP = (
    (DanishTrack.DU1, 4),
    (DanishTrack.DU2, 3),
    (DanishTrack.DU2, 5),
    (DanishTrack.DU3, 4),
    (DanishTrack.DU2, 2),
)
PARKED = (
    # municipality, wishes, days until the return, why
    (3, ("social",), 45, "childcare"),
    (3, ("social", "koekken"), 20, "practice_first"),
    (0, ("koekken",), 80, "waiting_for_danish"),
)


class Pool:
    """Makes people one after the other, the same ones on every machine."""

    def __init__(self, places: Places, vault: CprVault, *, today: date, now: datetime) -> None:
        self._places, self._vault, self._today, self._now = places, vault, today, now
        self._numbers = count(1)

    def candidate(self, municipality: Municipality, scheme: Scheme = Scheme.IGU) -> Candidate:
        """The next person, of this municipality."""
        number = next(self._numbers)
        woman = number % 5 != 0
        first = (WOMEN if woman else MEN)[number % 12]
        track, module = IN_STEP[number % 5]
        postcode, town = TOWNS[municipality.code]
        begun = self._today - timedelta(days=100 + 11 * (number % 20))
        birth = date(1980 + number % 19, 1 + number % 12, 1)
        cpr = f"{birth:%d%m%y}{2 * number - (1 if not woman else 0):04d}"
        person = Candidate(
            municipality_id=municipality.id,
            name=f"{first} {SURNAMES[number % 7]}",
            phone=f"00 00 {number // 100:02d} {number % 100:02d}",
            email=f"person{number}@demo.example",
            address=f"Demovej {number}",
            postcode=postcode,
            town=town,
            cpr_sealed=self._vault.seal(cpr),
            cpr_hash=self._vault.fingerprint(cpr),
            birth_date=birth,
            sex=Sex.FEMALE if woman else Sex.MALE,
            scheme=scheme,
            igu_start=begun if scheme is Scheme.IGU else None,
            employer=EMPLOYERS[number % 5],
            danish_track=track,
            danish_module=module,
            danish_exam=EXAMS[number % 5],
            needs=["transport"] if number % 4 == 0 else [],
            caseworker_id=self._places.caseworkers[municipality.id].id,
            created_at=self._now - timedelta(days=100),
        )
        save(person)
        return person

    def nomination(
        self, person: Candidate, wishes: tuple[str, ...], state: NominationState, days_ago: int
    ) -> Nomination:
        """Put a person in the pool so many days ago."""
        submitted = self._now - timedelta(days=days_ago, minutes=person.id)
        row = Nomination(
            municipality_id=person.municipality_id,
            candidate_id=person.id,
            code=f"K-{1000 + 7 * person.id}",
            state=state,
            caseworker_id=person.caseworker_id,
            submitted_at=submitted,
            basis=LegalBasis.INFORMED,
            basis_given_on=submitted.date(),
            basis_until=usual_end(submitted.date()),
            created_at=submitted,
        )
        save(row)
        for rank, code in enumerate(wishes, 1):
            save(
                NominationWish(
                    municipality_id=row.municipality_id,
                    nomination_id=row.id,
                    rank=rank,
                    sector_id=self._places.sectors[code].id,
                )
            )
        self.moved(row, NominationDeed.SUBMIT, NominationState.DRAFT, NominationState.SUBMITTED, submitted)
        return row

    def moved(
        self,
        row: Nomination,
        deed: str,
        before: str,
        after: str,
        at: datetime,
        run: CourseRun | None = None,
        **more: object,
    ) -> None:
        """One line of the nomination's history."""
        save(
            NominationMove(
                municipality_id=row.municipality_id,
                nomination_id=row.id,
                course_run_id=run.id if run else None,
                deed=deed,
                before=before,
                after=after,
                by_id=row.caseworker_id,
                at=at,
                **more,
            )
        )

    def seat(
        self, person: Candidate, wishes: tuple[str, ...], run: CourseRun, state: EnrolmentState, days_ago: int
    ) -> Enrolment:
        """A person with a seat in a run, and the history that leads there."""
        of_nomination = {
            EnrolmentState.OFFERED: NominationState.OFFERED,
            EnrolmentState.WAITING: NominationState.SUBMITTED,
        }
        nomination = self.nomination(
            person, wishes, of_nomination.get(state, NominationState.ACCEPTED), days_ago
        )
        offered = self._now - timedelta(days=max(days_ago - 14, 1))
        enrolment = Enrolment(
            municipality_id=person.municipality_id,
            school_id=run.school_id,
            course_run_id=run.id,
            nomination_id=nomination.id,
            candidate_id=person.id,
            code=nomination.code,
            state=state,
            waiting_since=nomination.submitted_at,
            offered_at=None if state is EnrolmentState.WAITING else offered,
            answer_until=self._now + timedelta(days=3) if state is EnrolmentState.OFFERED else None,
            answered_at=offered if state in {EnrolmentState.ACCEPTED, EnrolmentState.CONFIRMED} else None,
        )
        save(enrolment)
        if state is not EnrolmentState.WAITING:
            self.moved(
                nomination,
                NominationDeed.OFFER,
                NominationState.SUBMITTED,
                NominationState.OFFERED,
                offered,
                run,
            )
        if nomination.state is NominationState.ACCEPTED:
            self.moved(
                nomination,
                NominationDeed.ACCEPT,
                NominationState.OFFERED,
                NominationState.ACCEPTED,
                offered,
                run,
            )
        return enrolment

    def fill_up_to(self, number: int) -> None:
        """People who wait in the pool, spread over municipalities and sectors, and some not nominated."""
        wishes = (("koekken",), ("social", "koekken"), ("koekken", "lager"), ("social",), ("lager", "social"))
        places = self._places.municipalities
        for turn in range(number):
            scheme = Scheme.WAGE_SUBSIDY if turn % 11 == 0 else Scheme.IGU
            person = self.candidate(places[TURNS[turn % len(TURNS)]], scheme)
            self.nomination(person, wishes[turn % 5], NominationState.SUBMITTED, 5 + turn)
        for municipality in places:
            self.candidate(municipality)

    def park_some(self) -> None:
        """Three who cannot join for now; two of them would help the run that is short of its minimum."""
        for turn, (place, wishes, days, reason) in enumerate(PARKED):
            person = self.candidate(self._places.municipalities[place])
            row = self.nomination(person, wishes, NominationState.PARKED, 30 + turn)
            row.parked_until, row.park_reason = self._today + timedelta(days=days), reason
            self.moved(
                row,
                NominationDeed.PARK,
                NominationState.SUBMITTED,
                NominationState.PARKED,
                self._now - timedelta(days=6 + turn),
                reason=reason,
                until=row.parked_until,
            )
