"""An import is taken back whole, while nothing builds on it; else everything in the way is named."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coordination.access import one
from coordination.domain.candidate_imports import ImportState, InTheWay, record_of
from coordination.domain.candidates import DanishExam, DanishTrack
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.errors import NotFound, Refused
from coordination.domain.nominations import NominationState
from coordination.models import (
    AuditEntry,
    Candidate,
    CandidateChange,
    CandidateImport,
    ImportedRow,
    Nomination,
    NominationMove,
    NominationWish,
    Proposal,
    ProposedPlace,
    ThreadMessage,
)
from coordination.queries import exchange as queries
from coordination.queries.candidates import stored
from coordination.services import candidates as people
from coordination.services import exchange as services
from tests.factories import make_enrolment, make_nomination, make_run, save
from tests.services.test_exchange import HEAD, ONE, TODAY, TWO, VAULT, imported

WIDE = "cpr;navn;ordning;brancher;igu-start;prøve;danskuddannelse;modul;praktikdage\n"
BEFORE = "070790-4285;Amira Eksempel;IGU;;01-08-2026;PD1;DU2;3;ma ti\n"
AFTER = "070790-4285;Amira Nyt Navn;IGU;;01-09-2026;PD2;DU3;4;on-fr\n"


def undo(act, world, import_id, now):
    with act(world.caseworker):
        services.undo_import(world.caseworker, import_id, now=now)


def told(act, world, import_id):
    with act(world.caseworker):
        return queries.undo_page(world.caseworker, import_id)


def count(session, *models):
    return [len(session.scalars(select(model.id)).all()) for model in models]


def test_new_people_and_nominations_go_and_what_each_row_did_stays(world, act, everything, now):
    kept = imported(act, world, HEAD + ONE + TWO, now)
    shown = told(act, world, kept)
    assert (shown.removed, shown.nominations, shown.restored, shown.obstacle_count) == (2, 1, 0, 0)
    undo(act, world, kept, now)
    with everything() as session:
        gone = (Candidate, Nomination, NominationWish, NominationMove, CandidateChange)
        assert count(session, *gone, ImportedRow) == [0, 0, 0, 0, 0, 2]
        assert session.get(CandidateImport, kept).state is ImportState.UNDONE
        assert session.scalar(select(AuditEntry.facts).where(AuditEntry.deed == "exchange.undo_import")) == {
            "removed": 2,
            "rows": 2,
        }
    with pytest.raises(Refused, match=r"import\.not_done"):
        undo(act, world, kept, now)
    with pytest.raises(NotFound):
        told(act, world, kept)
    imported(act, world, HEAD + ONE, now)  # the same file may come again


def test_changed_facts_of_every_kind_are_restored_with_a_line_in_the_history(world, act, everything, now):
    imported(act, world, WIDE + BEFORE, now)
    kept = imported(act, world, WIDE + AFTER, now)
    undo(act, world, kept, now)
    with everything() as session:
        person = session.scalars(select(Candidate)).one()
        assert (person.name, person.igu_start) == ("Amira Eksempel", date(2026, 8, 1))
        assert (person.danish_exam, person.danish_track, person.danish_module) == (
            DanishExam.PD1,
            DanishTrack.DU2,
            3,
        )
        assert person.practice_days == [0, 1]
        first, there, back = session.scalars(select(CandidateChange.changes).order_by(CandidateChange.id))
        assert first == {}
        assert back == {name: [new, old] for name, (old, new) in there.items()}


def test_the_first_import_cannot_be_undone_once_a_second_changed_the_person(world, act, now):
    first = imported(act, world, WIDE + BEFORE, now)
    second = imported(act, world, WIDE + AFTER, now)
    (obstacle,) = told(act, world, first).obstacles
    assert (obstacle.name, obstacle.why) == ("Amira Nyt Navn", (InTheWay.EDITED,))
    undo(act, world, second, now)
    with pytest.raises(Refused, match=r"import\.built_on"):
        undo(act, world, first, now)  # undoing left its own line in the history


def edit(world, person, nomination, now):
    row = one(Candidate, person)
    record = record_of(stored(row) | {"town": "Ribe"})
    people.save(world.caseworker, person, record, seen_version=row.version, vault=VAULT, today=TODAY, now=now)


def move(world, person, nomination, now):
    one(Nomination, nomination).state = NominationState.WITHDRAWN


def withdraw_basis(world, person, nomination, now):
    one(Nomination, nomination).basis_withdrawn_at = now


def seat(world, person, nomination, now):
    make_enrolment(one(Nomination, nomination), make_run(world), state=EnrolmentState.WAITING)


def nominate_again(world, person, nomination, now):
    make_nomination(one(Candidate, person), (world.care,), state=NominationState.WITHDRAWN)


def write(world, person, nomination, now):
    who = {"municipality_id": world.municipality, "candidate_id": person, "by_id": world.caseworker.user_id}
    save(ThreadMessage(**who, text="Ring", private=False, at=now))


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (edit, {InTheWay.EDITED}),
        (move, {InTheWay.MOVED}),
        (withdraw_basis, {InTheWay.MOVED}),
        (nominate_again, {InTheWay.MOVED}),
        (seat, {InTheWay.SEAT}),
        (write, {InTheWay.THREAD}),
    ],
)
def test_what_was_built_on_it_keeps_the_whole_import(world, act, everything, now, deed, why):
    kept = imported(act, world, HEAD + ONE + TWO, now)
    with everything() as session:
        row = session.scalars(select(ImportedRow).where(ImportedRow.nomination_id.is_not(None))).one()
        person, nomination = row.candidate_id, row.nomination_id
    with act(world.caseworker) if deed is edit else everything():
        deed(world, person, nomination, now)
    (obstacle,) = told(act, world, kept).obstacles
    assert (obstacle.candidate_id, set(obstacle.why)) == (person, why)
    with pytest.raises(Refused) as refused:
        undo(act, world, kept, now)
    assert (refused.value.code, refused.value.facts) == ("import.built_on", {"count": 1})
    with everything() as session:
        assert count(session, Candidate, ImportedRow) == [2, 2]


@pytest.mark.parametrize("published", [False, True])
def test_a_coordinators_draft_is_no_obstacle_but_a_published_proposal_is(
    world, act, everything, now, published
):
    imported(act, world, "cpr;navn;ordning\n070790-4285;Amira Eksempel;anden\n", now)
    kept = imported(act, world, HEAD + ONE, now)
    with everything() as session:
        nomination = session.scalars(select(Nomination)).one()
        asked = {"partnership_id": world.partnership, "created_by_id": world.coordinator.user_id}
        proposal = save(Proposal(**asked, created_at=now, time_limit=30))
        save(
            ProposedPlace(
                municipality_id=nomination.municipality_id,
                proposal_id=proposal.id,
                nomination_id=nomination.id,
                candidate_id=nomination.candidate_id,
                code=nomination.code,
                published=published,
            )
        )
    if published:
        assert told(act, world, kept).obstacles[0].why == (InTheWay.OTHER,)
        with pytest.raises(Refused, match=r"import\.built_on"):
            undo(act, world, kept, now)
        return
    undo(act, world, kept, now)
    with everything() as session:
        assert count(session, Nomination, ProposedPlace, Proposal) == [0, 0, 1]
