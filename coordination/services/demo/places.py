"""The demonstration's places and accounts: a partnership, four municipalities, two schools, three sectors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_hex

from coordination.db import db
from coordination.domain.actors import Role
from coordination.domain.candidates import DanishExam
from coordination.domain.tracks import TeachingKind
from coordination.models import (
    ClosingDay,
    Municipality,
    Partnership,
    QuestionSet,
    School,
    Sector,
    Track,
    TrackModule,
    User,
)
from coordination.services.partnerships.settings import add_questions

MUNICIPALITIES = (("510", "Haderslev"), ("540", "Sønderborg"), ("580", "Aabenraa"), ("550", "Tønder"))
SECTORS = (
    ("koekken", "Køkken og rengøring", "Kitchen and cleaning"),
    ("social", "Social og sundhed", "Social and health care"),
    ("lager", "Lager og industri", "Warehouse and industry"),
)
MODULES = {
    "koekken": (
        ("D0001", "Hygiejne i køkkenet", 6),
        ("D0002", "Rengøring og ergonomi", 4),
        ("D0003", "Fagsprog i køkkenet", 10),
    ),
    "social": (
        ("D0011", "Mødet med borgeren", 6),
        ("D0012", "Hygiejne og sår", 4),
        ("D0013", "Fagsprog i plejen", 10),
    ),
    "lager": (
        ("D0021", "Pluk og pak", 4),
        ("D0022", "Sikkerhed på lageret", 4),
        ("D0023", "Fagsprog på lageret", 6),
    ),
}
HALF_DAY_MINUTES = 210


@dataclass
class Places:
    """What the story needs to find again."""

    partnership: Partnership
    municipalities: list[Municipality]
    kitchen_school: School
    care_school: School
    sectors: dict[str, Sector]
    tracks: dict[str, Track]
    questions: QuestionSet
    coordinator: User
    caseworkers: dict[int, User]
    teacher: User


def save(row: object) -> None:
    """Store a row now, because the next one needs its key."""
    db.session.add(row)
    db.session.flush()  # the key is needed


def make_places(password_hash: str, *, now: datetime) -> Places:
    """Partnership, municipalities, schools, sectors, tracks, question set and one login per role."""
    partnership = Partnership(name="Brancheforløb Sønderjylland")
    save(partnership)
    municipalities = [
        Municipality(code=code, name=name, partnership_id=partnership.id) for code, name in MUNICIPALITIES
    ]
    schools = [
        School(name="EUC Syd, Aabenraa", address="Stegholt 35-36, 6200 Aabenraa", partnerships=[partnership]),
        School(name="SOSU Syd, Aabenraa", address="6200 Aabenraa", partnerships=[partnership]),
    ]
    db.session.add_all([*municipalities, *schools])
    db.session.flush()  # their keys are needed
    _closing_days(schools, now.year)
    sectors = _sectors(partnership)
    users = _users(partnership, municipalities, schools, password_hash)
    return Places(
        partnership=partnership,
        municipalities=municipalities,
        kitchen_school=schools[0],
        care_school=schools[1],
        sectors=sectors,
        tracks={code: _track(partnership, sector) for code, sector in sectors.items()},
        questions=add_questions(partnership.id),
        coordinator=users["koordinator"],
        caseworkers={
            user.jobcenter_id: user
            for user in users.values()
            if user.role is Role.JOBCENTER and user.jobcenter_id
        },
        teacher=users["eucsyd"],
    )


def _closing_days(schools: list[School], year: int) -> None:
    for school in schools:
        for turn in (year, year + 1):
            monday = date.fromisocalendar(turn, 42, 1)
            db.session.add_all(
                ClosingDay(school_id=school.id, day=monday + timedelta(days=offset), name="Efterårsferie")
                for offset in range(5)
            )


def _sectors(partnership: Partnership) -> dict[str, Sector]:
    sectors = {
        code: Sector(partnership_id=partnership.id, code=code, name=name, name_en=name_en)
        for code, name, name_en in SECTORS
    }
    db.session.add_all(sectors.values())
    db.session.flush()  # their keys are needed
    return sectors


def _track(partnership: Partnership, sector: Sector) -> Track:
    track = Track(
        partnership_id=partnership.id,
        sector_id=sector.id,
        title=f"{sector.name} – grundforløb",
        description="Demo: modulernes koder er opdigtede (D0001 …). Koordinatoren lægger de rigtige ind.",
        minimum=12,
        capacity=16,
        exam_needed=DanishExam.PD1,
    )
    save(track)
    for position, (code, title, half_days) in enumerate(MODULES[sector.code], 1):
        db.session.add(
            TrackModule(
                partnership_id=partnership.id,
                track_id=track.id,
                position=position,
                code=code,
                title=title,
                kind=TeachingKind.DANISH if "Fagsprog" in title else TeachingKind.AMU,
                half_days=half_days,
                minutes=half_days * HALF_DAY_MINUTES,
            )
        )
    return track


def _users(
    partnership: Partnership, municipalities: list[Municipality], schools: list[School], password_hash: str
) -> dict[str, User]:
    users = {
        "koordinator": _user(
            "koordinator", "Kirsten Koordinator", Role.COORDINATOR, appointments=[partnership]
        )
    }
    for login, municipality in zip(
        ("haderslev", "soenderborg", "aabenraa", "toender"), municipalities, strict=True
    ):
        users[login] = _user(
            login, f"Sagsbehandler {municipality.name}", Role.JOBCENTER, jobcenter_id=municipality.id
        )
    for login, school in zip(("eucsyd", "sosusyd"), schools, strict=True):
        users[login] = _user(
            login, f"Underviser {school.name.split(',')[0]}", Role.SCHOOL, school_id=school.id
        )
    users["leder"] = _user("leder", "Leder Haderslev", Role.LEADER, jobcenter_id=municipalities[0].id)
    users["admin"] = _user("admin", "Administrator", Role.ADMIN)
    for user in users.values():
        user.password = password_hash
    db.session.add_all(users.values())
    db.session.flush()  # their keys are needed
    return users


def _user(login: str, name: str, role: Role, **place: object) -> User:
    return User(
        email=f"{login}@demo.example",
        name=name,
        role=role,
        active=True,
        demo=True,
        fs_uniquifier=token_hex(16),
        **place,
    )
