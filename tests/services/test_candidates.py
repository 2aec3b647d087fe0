"""Registering and correcting a person: what is sealed, what is remembered, and who keeps out of what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from coordination.adapters.cpr_vault import vault_from
from coordination.domain.candidate_records import CandidateRecord
from coordination.domain.candidates import CandidateFacts, DanishExam, DanishLevel, DanishTrack, Scheme, Sex
from coordination.domain.errors import Invalid, NotFound, Stale
from coordination.models import AuditEntry, Candidate, CandidateChange, Nomination
from coordination.queries import candidates as queries
from coordination.queries.candidates import CandidateFilter
from coordination.services import candidates as services
from tests.factories import make_candidate, make_nomination

TODAY = date(2026, 11, 23)
CPR = "070761-4285"
VAULT = vault_from(("t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",), "hash" * 10)
FACTS = CandidateFacts(
    name="Amira Eksempel",
    scheme=Scheme.IGU,
    phone="20 11 22 33",
    address="Hemmelig Vej 4",
    postcode="6200",
    town="Aabenraa",
    employer="Kantinen Åsen",
    level=DanishLevel(DanishTrack.DU2, 3, DanishExam.PD1),
)


@pytest.fixture
def record(world):
    return CandidateRecord(
        FACTS, caseworker_id=world.caseworker.user_id, notes="Ringer helst", notes_private=True
    )


def register(act, actor, record, now, cpr=CPR):
    with act(actor):
        return services.register(actor, cpr, record, vault=VAULT, today=TODAY, now=now)


def save(act, actor, candidate_id, record, now, *, version=1, cpr=""):
    with act(actor):
        return services.save(
            actor, candidate_id, record, cpr_text=cpr, seen_version=version, vault=VAULT, today=TODAY, now=now
        )


def test_a_person_is_registered_with_a_sealed_number(world, act, everything, now, record):
    saved = register(act, world.caseworker, record, now)
    assert saved.warnings == ()
    with everything() as session:
        row = session.get(Candidate, saved.id)
        assert (row.municipality_id, row.birth_date, row.sex) == (
            world.municipality,
            date(1961, 7, 7),
            Sex.MALE,
        )
        assert "4285" not in row.cpr_sealed
        assert VAULT.open(row.cpr_sealed) == "0707614285"
        change = session.scalar(select(CandidateChange))
        assert (change.changes, change.by_id) == ({}, world.caseworker.user_id)


def test_a_failing_check_digit_only_warns(world, act, now, record):
    assert register(act, world.caseworker, record, now, "010190-0001").warnings == ("cpr.modulus11",)


def test_everything_wrong_is_told_at_once_and_nothing_is_saved(world, act, everything, now, record):
    wrong = replace(
        record, facts=replace(FACTS, postcode="62", email="x"), caseworker_id=world.leader.user_id
    )
    with pytest.raises(Invalid) as invalid:
        register(act, world.caseworker, wrong, now, "320190-0001")
    assert set(invalid.value.errors) == {"cpr", "postcode", "email", "caseworker_id"}
    with everything() as session:
        assert session.scalar(select(Candidate.id)) is None


def test_the_same_person_is_known_at_the_own_jobcenter_only(world, act, now, record):
    first = register(act, world.caseworker, record, now)
    with pytest.raises(Invalid) as invalid:
        register(act, world.caseworker, record, now, CPR.replace("-", " "))
    assert invalid.value.errors["cpr"][0] == "candidate.known"
    elsewhere = replace(record, caseworker_id=world.other_caseworker.user_id)
    assert register(act, world.other_caseworker, elsewhere, now).id != first.id
    with act(world.caseworker):
        assert queries.known_candidate(world.caseworker, CPR, VAULT, TODAY) == first.id


def test_only_a_jobcenter_registers(world, act, now, record):
    for actor in (world.coordinator, world.teacher, world.admin):
        with pytest.raises(NotFound):
            register(act, actor, record, now)


def test_a_change_keeps_before_and_after_and_who(world, act, everything, now, record):
    made = register(act, world.caseworker, record, now).id
    changed = replace(record, facts=replace(FACTS, phone="99", scheme=Scheme.OTHER), notes_private=False)
    changed = replace(changed, facts=replace(changed.facts, phone="99 88 77 66"))
    save(act, world.caseworker, made, changed, now, cpr="010190-0001")
    with act(world.caseworker):
        page = queries.profile_page(world.caseworker, made, TODAY)
    (change, registration) = page.history
    told = {part.field: (part.before, part.after) for part in change.fields}
    assert told["phone"] == ("20 11 22 33", "99 88 77 66")
    assert told["scheme"] == ("igu", "other")
    assert told["cpr"] == ("070761-****", "010190-****")
    assert (change.who, registration.fields) == (world.caseworker.name, ())
    with everything() as session:
        assert VAULT.open(session.get(Candidate, made).cpr_sealed) == "0101900001"
        kept = session.scalars(select(CandidateChange.changes)).all()
        assert "0001" not in str(kept)


def test_saving_without_a_change_leaves_no_line(world, act, everything, now, record):
    made = register(act, world.caseworker, record, now).id
    save(act, world.caseworker, made, record, now)
    with everything() as session:
        assert len(session.scalars(select(CandidateChange.id)).all()) == 1
        assert session.get(Candidate, made).version == 1


def test_the_second_of_two_who_edit_is_told(world, act, everything, now, record):
    made = register(act, world.caseworker, record, now).id
    save(act, world.caseworker, made, replace(record, notes="Første"), now)
    with pytest.raises(Stale):
        save(act, world.caseworker, made, replace(record, notes="Anden"), now)
    with everything() as session:
        assert session.get(Candidate, made).notes == "Første"


def test_other_jobcenters_cannot_save(world, act, now, record):
    made = register(act, world.caseworker, record, now).id
    for actor in (world.other_caseworker, world.far_caseworker, world.coordinator, world.far_coordinator):
        with pytest.raises(NotFound):
            save(act, actor, made, record, now)
        with pytest.raises(NotFound), act(actor):
            services.reveal_cpr(actor, made, vault=VAULT, now=now)


@pytest.fixture
def nominated(world, act, everything, now, record):
    made = register(act, world.caseworker, record, now).id
    with everything() as session:
        make_nomination(session.get(Candidate, made), (world.kitchen,))
    return made


def test_the_coordinator_writes_on_behalf_but_not_where_it_sees_nothing(
    world, act, everything, now, record, nominated
):
    given = CandidateRecord(
        CandidateFacts(name="Amira E. Eksempel", scheme=Scheme.IGU, address="Ny Vej 1", town="Tønder"),
        caseworker_id=world.coordinator.user_id,
        notes="Overskrevet",
    )
    save(act, world.coordinator, nominated, given, now, cpr="010190-0001")
    with everything() as session:
        row = session.get(Candidate, nominated)
        assert (row.name, row.town) == ("Amira E. Eksempel", "Tønder")
        assert (row.address, row.notes, row.notes_private) == ("Hemmelig Vej 4", "Ringer helst", True)
        assert row.caseworker_id == world.caseworker.user_id
        assert VAULT.open(row.cpr_sealed) == "0707614285"
        entry = session.scalar(select(AuditEntry).where(AuditEntry.deed == "candidates.save"))
        assert entry.facts["on_behalf"] is True


def test_the_coordinator_sees_the_person_only_from_submitted_and_never_the_address(
    world, act, everything, now, record, nominated
):
    changed = replace(record, facts=replace(FACTS, address="Endnu mere hemmelig 9"), notes="Nyt notat")
    save(act, world.caseworker, nominated, changed, now)
    with act(world.coordinator):
        page = queries.profile_page(world.coordinator, nominated, TODAY)
        assert (page.name, page.town, page.cpr) == ("Amira Eksempel", "Aabenraa", "070761-****")
        assert (page.address, page.postcode, page.notes, page.may_reveal) == (None, None, None, False)
        assert "hemmelig" not in str(page).lower()
        assert "notat" not in str(page).lower()
        edited = queries.edit_page(world.coordinator, nominated)
        assert "hemmelig" not in str(edited).lower()
    with everything():
        unknown = make_candidate(world.municipality, world.caseworker, name="Ikke Indstillet").id
    with act(world.coordinator):
        assert [
            row.id for row in queries.overview_page(world.coordinator, CandidateFilter(), TODAY).rows
        ] == [nominated]
        with pytest.raises(NotFound):
            queries.profile_page(world.coordinator, unknown, TODAY)


def test_notes_that_are_not_private_are_read_by_the_coordinator(world, act, now, record, nominated):
    save(act, world.caseworker, nominated, replace(record, notes_private=False), now)
    with act(world.coordinator):
        assert queries.profile_page(world.coordinator, nominated, TODAY).notes == "Ringer helst"


def test_the_whole_number_is_shown_on_record(world, act, everything, now, nominated):
    with act(world.caseworker):
        assert services.reveal_cpr(world.caseworker, nominated, vault=VAULT, now=now) == CPR
    with pytest.raises(NotFound), act(world.coordinator):
        services.reveal_cpr(world.coordinator, nominated, vault=VAULT, now=now)
    with everything() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.deed == "candidates.reveal_cpr")).all()
        assert [(entry.actor_id, entry.subject_id) for entry in entries] == [
            (world.caseworker.user_id, nominated)
        ]
        assert "4285" not in str(entries[0].facts)


def found(act, actor, words, **more):
    chosen = CandidateFilter(words=words, **more).find_number(VAULT, TODAY)
    with act(actor):
        return [row.name for row in queries.overview_page(actor, chosen, TODAY).rows]


def test_search_by_every_way_people_look_for_someone(world, act, everything, nominated):
    with everything() as session:
        make_candidate(world.municipality, world.caseworker, name="Øjvind Ågård", phone="+45 99 88 77 66")
        code = code_of(session, nominated)
    for words in ("amira", "EKSEMPEL amira", "åsen", "2011 2233", code.lower(), CPR, CPR.replace("-", "")):
        assert found(act, world.caseworker, words) == ["Amira Eksempel"], words
        assert found(act, world.coordinator, words) == ["Amira Eksempel"], words
        assert found(act, world.other_caseworker, words) == [], words
        assert found(act, world.far_coordinator, words) == [], words
    assert found(act, world.caseworker, "øjvind ågård") == ["Øjvind Ågård"]
    assert found(act, world.caseworker, "99887766") == ["Øjvind Ågård"]
    assert found(act, world.coordinator, "øjvind") == []
    for words in ("hemmelig", "ringer", "%", "_", "070761", "' OR 1=1"):
        assert found(act, world.caseworker, words) == [], words


def code_of(session, candidate_id):
    return session.scalar(select(Nomination.code).where(Nomination.candidate_id == candidate_id))


def test_the_code_of_a_draft_finds_nobody_for_the_coordinator(world, act, everything, nominated):
    with everything():
        person = make_candidate(world.municipality, world.caseworker, name="Kladde Person")
        make_nomination(person, (world.kitchen,), state="withdrawn")
        draft = make_nomination(person, (world.kitchen,), state="draft", submitted_at=None).code
    assert found(act, world.caseworker, draft) == ["Kladde Person"]
    assert found(act, world.coordinator, draft) == []


def test_filters_and_danish_order(world, act, everything, nominated, now):
    with everything():
        for name in ("Åse", "Ærik", "Øla", "Zoe"):
            make_candidate(world.municipality, world.caseworker, name=name, scheme=Scheme.ORDINARY)
    names = ["Amira Eksempel", "Zoe", "Ærik", "Øla", "Åse"]
    assert found(act, world.caseworker, "") == names
    assert found(act, world.caseworker, "", sort="-name") == names[::-1]
    assert found(act, world.caseworker, "", scheme=Scheme.ORDINARY) == names[1:]
    assert found(act, world.caseworker, "", never_nominated=True) == names[1:]
    assert found(act, world.caseworker, "", state="submitted") == names[:1]
    assert found(act, world.caseworker, "", mine=True) == names
    assert found(act, world.caseworker, "", sort="nonsense") == names


def test_fifty_on_a_page(world, act, everything):
    with everything():
        for number in range(51):
            make_candidate(world.municipality, world.caseworker, name=f"Person {number:02}")
    with act(world.caseworker):
        first = queries.overview_page(world.caseworker, CandidateFilter(), TODAY)
        assert (len(first.rows), first.pages, first.total) == (50, 2, 51)
        last = queries.overview_page(world.caseworker, CandidateFilter(number=99), TODAY)
        assert [row.name for row in last.rows] == ["Person 50"]
        assert last.number == 2
