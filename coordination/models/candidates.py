"""Candidates: the people a jobcenter may nominate, what changed on them, who looked at them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from coordination.db import Base, OwnedByMunicipality
from coordination.db.sharing import open_on, sent_of
from coordination.domain.candidates import ContactRole, DanishExam, DanishTrack, Scheme, Sex, TargetGroup
from coordination.domain.enrolments import NAMED_TO_SCHOOL
from coordination.domain.igu import ExtensionReason

if TYPE_CHECKING:
    from coordination.db import Scope


def named_to_school(key: str, scope: Scope) -> Select[int]:
    """SQL: the people, or their nominations, whose accepted seats in its runs a school may know of today.

    The jobcenter must share the person that day, by the nomination the seat answers.
    """
    seats = Base.metadata.tables["enrolments"].c
    runs = Base.metadata.tables["course_runs"].c
    nominations = Base.metadata.tables["nominations"].c
    return (
        select(seats[key])
        .join_from(seats.id.table, runs.id.table, runs.id == seats.course_run_id)
        .join(nominations.id.table, nominations.id == seats.nomination_id)
        .where(open_on(nominations, scope.today))
        .where(seats.school_id == scope.school_id)
        .where(seats.state.in_(sorted(NAMED_TO_SCHOOL)))
        .where(runs.school_access_until >= scope.today)
        .correlate(None)
    )


class Candidate(OwnedByMunicipality, Base):
    """A person of one municipality who may be nominated."""

    __tablename__ = "candidates"
    __table_args__ = (
        UniqueConstraint("municipality_id", "id"),
        UniqueConstraint("municipality_id", "cpr_hash"),
        Index("ix_candidates_cpr_hash", "cpr_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    name: Mapped[str] = mapped_column(String(200), comment="full name")
    phone: Mapped[str] = mapped_column(String(40), default="", comment="phone number as written")
    email: Mapped[str] = mapped_column(String(254), default="", comment="mail address")
    address: Mapped[str] = mapped_column(String(200), default="", comment="street and number")
    postcode: Mapped[str] = mapped_column(String(4), default="", comment="four digits")
    town: Mapped[str] = mapped_column(String(80), default="", comment="post town")
    cpr_sealed: Mapped[str] = mapped_column(String(400), comment="CPR number, encrypted")
    cpr_hash: Mapped[str] = mapped_column(String(64), comment="keyed hash of the CPR number, for look-up")
    birth_date: Mapped[date] = mapped_column(comment="from the CPR number")
    sex: Mapped[Sex] = mapped_column(comment="from the CPR number")
    protected_until: Mapped[date | None] = mapped_column(comment="name and address protection ends")
    scheme: Mapped[Scheme] = mapped_column(comment="IGU or another scheme")
    igu_start: Mapped[date | None] = mapped_column(comment="first day of the IGU")
    igu_extended_until: Mapped[date | None] = mapped_column(comment="last day, where the IGU was extended")
    igu_extension_reason: Mapped[ExtensionReason | None] = mapped_column(comment="why the IGU was extended")
    employer: Mapped[str] = mapped_column(String(120), default="", comment="practice place")
    employer_private: Mapped[bool | None] = mapped_column(comment="private employers get a bonus")
    agreement_signed_on: Mapped[date | None] = mapped_column(comment="IGU agreement signed")
    agreement_in_vitas_on: Mapped[date | None] = mapped_column(comment="agreement reported in VITAS")
    plan_ready_on: Mapped[date | None] = mapped_column(comment="teaching plan reported in VITAS")
    vitas_reference: Mapped[str] = mapped_column(
        String(40), default="", server_default="", comment="reference of the agreement in VITAS"
    )
    residence_since: Mapped[date | None] = mapped_column(comment="first day of residence in Denmark")
    target_group: Mapped[TargetGroup | None] = mapped_column(comment="why the person may begin an IGU")
    danish_track: Mapped[DanishTrack | None] = mapped_column(comment="Danish education 1, 2 or 3")
    danish_module: Mapped[int | None] = mapped_column(comment="module 1 to 6")
    danish_exam: Mapped[DanishExam] = mapped_column(default=DanishExam.NONE, comment="highest exam passed")
    danish_exam_on: Mapped[date | None] = mapped_column(comment="date of that exam")
    needs: Mapped[list[str]] = mapped_column(JSON, default=list, comment="needs for teaching, from a list")
    practice_days: Mapped[list[int]] = mapped_column(
        JSON, default=list, server_default="[]", comment="weekdays at the employer, 0 is Monday"
    )
    most_travel_minutes: Mapped[int | None] = mapped_column(
        comment="longest travel to school, minutes one way; empty means no limit"
    )
    contact_name: Mapped[str] = mapped_column(
        String(120), default="", server_default="", comment="mentor or volunteer who helps the person"
    )
    contact_phone: Mapped[str] = mapped_column(
        String(40), default="", server_default="", comment="that person's phone number"
    )
    contact_role: Mapped[ContactRole | None] = mapped_column(comment="mentor, volunteer ...")
    notes: Mapped[str] = mapped_column(Text, default="", comment="free text, never shown to schools")
    notes_private: Mapped[bool] = mapped_column(default=False, comment="notes only for the own jobcenter")
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True, comment="named caseworker")
    created_at: Mapped[datetime] = mapped_column(comment="registered")
    version: Mapped[int] = mapped_column(default=1, comment="rises with each change")

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def within_sharing(cls, scope: Scope) -> ColumnElement[bool]:
        """A coordinator reaches the people a jobcenter shares today."""
        return cls.id.in_(sent_of(Base.metadata, "candidate_id", scope))

    @classmethod
    def within_school(cls, scope: Scope) -> ColumnElement[bool]:
        """A school reaches the people with an accepted seat in its runs, until its access to the run ends."""
        return cls.id.in_(named_to_school("candidate_id", scope))


class CandidateChange(OwnedByMunicipality, Base):
    """What a person changed on a candidate: before and after, never overwritten."""

    __tablename__ = "candidate_changes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "candidate_id"],
            ["candidates.municipality_id", "candidates.id"],
            onupdate="CASCADE",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="the candidate")
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, comment="field: [before, after]; CPR masked")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who")
    at: Mapped[datetime] = mapped_column(comment="when")


class PersonView(OwnedByMunicipality, Base):
    """Who looked at a person, on which page, with which purpose."""

    __tablename__ = "person_views"

    id: Mapped[int] = mapped_column(primary_key=True, comment="key")
    candidate_id: Mapped[int] = mapped_column(index=True, comment="the person seen")
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), comment="who looked")
    purpose: Mapped[str] = mapped_column(String(80), comment="the page, which tells the purpose")
    at: Mapped[datetime] = mapped_column(comment="when")
